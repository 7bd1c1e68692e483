import type { ReactNode } from "react";
import { Link } from "wouter";
import { documentUrl } from "../anchor/documents.ts";
import { formatCount, formatGroups } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { CheckedHere } from "./checked-here.tsx";
import type { Meeting } from "./meeting.ts";
import { NoticeProof } from "./notice-proof.tsx";

interface Part {
  readonly community: string;
  readonly meeting: Meeting;
}

const addressOf = ({ community, meeting }: Part, screen: string): string =>
  `/communities/${community}/meetings/${meeting.number}/${screen}`;

/** The ways on for an owner: his own entry, and what he has to say. */
export function OwnersWays(props: Part): ReactNode {
  const texts = useTexts("meeting").meeting;
  const canObject = props.meeting.stage === "preliminary";
  return (
    <nav className="section routes screen-only" aria-label={texts.ways}>
      <Link className="route" href={addressOf(props, "mine")}>
        {texts.mine}
      </Link>
      <Link className="route" href={addressOf(props, "talk")}>
        {canObject ? texts.object : texts.talk}
      </Link>
      {props.meeting.result && (
        <Link className="route" href={addressOf(props, "bulletin")}>
          {texts.bulletin}
        </Link>
      )}
    </nav>
  );
}

export function Recount(props: Part): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { community, meeting } = props;
  return (
    <section className="section screen-only">
      <CheckedHere community={community} meeting={meeting} />
      <p>{texts.recountHint}</p>
      <div className="actions">
        <Link className="button button-main" href={addressOf(props, "recount")}>
          {meeting.result ? texts.recount : texts.verifySoFar}
        </Link>
        <a
          className="button"
          href={communityPath(community, `/meetings/${meeting.number}/bundle`)}
          download
        >
          {texts.bundle}
        </a>
      </div>
      <p className="soft small">{texts.bundleHint}</p>
    </section>
  );
}

function FileLine(props: { community: string; name: string; sha256: string }): ReactNode {
  const { community, name, sha256 } = props;
  return (
    <li>
      <p>
        <a href={documentUrl(community, sha256)}>{name}</a>
      </p>
      <p className="soft small mono">SHA-256 {formatGroups(sha256)}</p>
    </li>
  );
}

/** What the notice consists of, by hash, where it stands in the log, and how to see that it does. */
export function Documents(props: Part): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { community, meeting } = props;
  const files = meeting.motions.flatMap(({ title, text, documents }) => [
    { name: title, sha256: text },
    ...documents,
  ]);
  const { recordIndex, resultIndex } = meeting;
  return (
    <section className="section stack">
      <h2>{texts.documents}</h2>
      <p className="soft small">
        {recordIndex !== undefined && texts.inRecord(formatCount(recordIndex))}
        {resultIndex !== undefined && texts.resultInRecord(formatCount(resultIndex))}
      </p>
      <Fold title={texts.files(formatCount(files.length))}>
        <ul className="stack">
          {files.map((file, i) => (
            <FileLine key={`${i} ${file.sha256}`} community={community} {...file} />
          ))}
        </ul>
      </Fold>
      <NoticeProof community={community} meeting={meeting} />
    </section>
  );
}
