import { useQuery, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { useMessages } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { KeptKey } from "../signing/device-key.ts";
import { toSigner } from "../signing/session.ts";
import { useCommunity } from "./community.ts";
import { DemoOwners } from "./demo-owners.tsx";
import { EnrolForm } from "./enrol-form.tsx";
import { findOwnerKey, findPlace, loadMe, type Me } from "./me.ts";
import { OwnEntry } from "./own-entry.tsx";

interface Standing {
  readonly kept: KeptKey | null;
  readonly me: Me | null;
}

const POLL_MILLISECONDS = 5000;

async function loadStanding(community: string): Promise<Standing> {
  const kept = (await findOwnerKey(community)) ?? null;
  return { kept, me: kept && (await loadMe(community, kept)) };
}

function isBound({ kept, me }: Standing): boolean {
  if (!kept || !me) return false;
  const { keyId } = toSigner(kept);
  return me.voters.some((own) => findPlace(own, keyId) !== undefined);
}

function Steps(props: { now: number }): ReactNode {
  const { registry } = useMessages();
  return (
    <ol className="steps">
      {registry.enrol.steps.map((step, i) => (
        <li key={step} {...(i === props.now ? { "aria-current": "step" as const } : {})}>
          {step}
        </li>
      ))}
    </ol>
  );
}

function Waiting(): ReactNode {
  const { registry } = useMessages();
  return (
    <div className="stack" role="status">
      <h2>… {registry.enrol.waiting}</h2>
      <p>{registry.enrol.waitingText}</p>
    </div>
  );
}

function Bound(props: { community: string; kept: KeptKey; me: Me }): ReactNode {
  const { registry } = useMessages();
  const registryOnChain = useCommunity(props.community).data?.registry;
  const { keyId } = toSigner(props.kept);
  return (
    <div className="stack">
      <h2>{registry.enrol.bound}</h2>
      <p className="soft">{registry.enrol.boundText}</p>
      {registryOnChain &&
        props.me.voters.map((own) => (
          <OwnEntry key={own.roll} registry={registryOnChain} own={own} keyId={keyId} />
        ))}
      <div className="actions">
        <Link className="button button-main" href={`/communities/${props.community}`}>
          {registry.meetings}
        </Link>
      </div>
    </div>
  );
}

function EnrolBody(props: { community: string; standing: Standing }): ReactNode {
  const queries = useQueryClient();
  const { community, standing } = props;
  const onEnrolled = (): void => void queries.invalidateQueries({ queryKey: ["standing"] });
  const { kept, me } = standing;
  if (!kept) {
    return (
      <>
        <Steps now={0} />
        <EnrolForm community={community} onEnrolled={onEnrolled} />
        <DemoOwners community={community} onChosen={onEnrolled} />
      </>
    );
  }
  const bound = isBound(standing);
  return (
    <>
      <Steps now={bound ? 3 : 2} />
      {bound && me ? <Bound community={community} kept={kept} me={me} /> : <Waiting />}
    </>
  );
}

export default function EnrolPage(): ReactNode {
  const { registry } = useMessages();
  const { community = "" } = useParams<{ community: string }>();
  const name = useCommunity(community).data?.name ?? "";
  const standing = useQuery({
    queryKey: ["standing", community],
    queryFn: () => loadStanding(community),
    refetchInterval: ({ state }) =>
      state.data?.kept && !isBound(state.data) ? POLL_MILLISECONDS : false,
  });
  return (
    <Page
      title={registry.enrol.title}
      over={<Link href={`/communities/${community}`}>{name}</Link>}
    >
      {standing.isPending && <Loading tall />}
      {standing.isError && (
        <ProblemView error={standing.error} onRetry={() => void standing.refetch()} />
      )}
      {standing.data && <EnrolBody community={community} standing={standing.data} />}
    </Page>
  );
}
