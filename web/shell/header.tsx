import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage, useMessages } from "../language/language.tsx";
import {
  applyTextSize,
  keepTextSize,
  readTextSize,
  TEXT_SIZES,
  type TextSize,
} from "../language/preference.ts";

const SIZE_LABELS: Record<TextSize, string> = { a: "A", aa: "A+", aaa: "A++" };

function TextSizeChoice(): ReactNode {
  const { shell } = useMessages();
  const [chosen, setChosen] = useState(readTextSize);
  const choose = (size: TextSize): void => {
    keepTextSize(size);
    applyTextSize(size);
    setChosen(size);
  };
  return (
    <div className="sizes" role="group" aria-label={shell.textSize}>
      {TEXT_SIZES.map((size) => (
        <button
          key={size}
          type="button"
          className={`size size-${size}`}
          aria-pressed={size === chosen}
          aria-label={`${shell.textSize} ${SIZE_LABELS[size]}`}
          title={shell.textSizes[size]}
          onClick={() => choose(size)}
        >
          {SIZE_LABELS[size]}
        </button>
      ))}
    </div>
  );
}

function LanguageSwitch(): ReactNode {
  const { shell } = useMessages();
  const { language, setLanguage } = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="language"
      lang={other === "zh" ? "zh-CN" : "en"}
      aria-label={shell.languageLabel}
      onClick={() => setLanguage(other)}
    >
      {shell.language}
    </button>
  );
}

export function Header(props: { children: ReactNode }): ReactNode {
  const { shell } = useMessages();
  return (
    <header>
      <a className="skip" href="#content">
        {shell.skip}
      </a>
      <div className="header">
        <div className="header-row">
          <Link className="brand" href="/">
            <BrandMark />
            <span>{shell.product}</span>
          </Link>
          <LanguageSwitch />
          <TextSizeChoice />
        </div>
        <nav className="nav" aria-label={shell.navigation}>
          <Link href="/">{shell.home}</Link>
          <Link href="/check">{shell.checkBallot}</Link>
          <Link href="/officers">{shell.officers}</Link>
        </nav>
      </div>
      {props.children}
    </header>
  );
}

function BrandMark(): ReactNode {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="1" y="1" width="30" height="30" fill="currentColor" />
      <path className="brand-lines" d="M8 9.5h16M8 16h16M8 22.5h7" />
      <path className="brand-lines" d="m18 22.5 2.5 2.5 4-6" />
    </svg>
  );
}
