import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Meeting } from "../assembly/meeting.ts";
import { useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";

/** Checks that need nobody's word, and the files with which they can be made elsewhere. */
export function OwnChecks(props: { community: string; meetings: readonly Meeting[] }): ReactNode {
  const { audit } = useTexts("audit");
  const { community, meetings } = props;
  const address = (number: number): string => `/communities/${community}/meetings/${number}`;
  return (
    <section className="section stack">
      <h2 className="ruled">{audit.own.title}</h2>
      <p>{audit.own.hint}</p>
      <ul className="own-checks">
        {meetings.map(({ number, title, result }) => (
          <li key={number}>
            <p>{title}</p>
            <p className="links">
              <Link href={`${address(number)}/recount`}>
                {result ? audit.own.recount : audit.own.verify}
              </Link>
              <a href={communityPath(community, `/meetings/${number}/bundle`)} download>
                {audit.own.bundle}
              </a>
            </p>
          </li>
        ))}
      </ul>
      <p className="links">
        <Link href="/check">{audit.own.receipt}</Link>
        <a href={communityPath(community, "/bundle")} download>
          {audit.own.all}
        </a>
        <a href={communityPath(community, "/log/checkpoint")} download>
          {audit.own.checkpoint}
        </a>
      </p>
      <p className="soft small">{audit.own.bundleHint}</p>
    </section>
  );
}
