import { useQuery, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { toSigner, type KeptKey } from "../signing/kept-key.ts";
import { keyNumber } from "../signing/key-number.ts";
import type { Hex } from "../signing/signer.ts";
import { useCommunity } from "./community.ts";
import { DemoOwners } from "./demo-owners.tsx";
import { EnrolForm } from "./enrol-form.tsx";
import { KeyHistory } from "./key-history.tsx";
import { findOwnerKey, findPlace, loadMe, type Me, type NotMe, type OwnVoter } from "./me.ts";
import { OwnEntry } from "./own-entry.tsx";
import { OwnerSignIn } from "./owner-sign-in.tsx";

interface Standing {
  readonly kept: KeptKey | null;
  readonly me: Me | NotMe | null;
}

const POLL_MILLISECONDS = 5000;

async function loadStanding(community: string): Promise<Standing> {
  const kept = (await findOwnerKey(community)) ?? null;
  return { kept, me: kept && (await loadMe(community, kept)) };
}

function isBound(kept: KeptKey, me: Me): boolean {
  const { keyId } = toSigner(kept);
  return me.voters.some((own) => findPlace(own, keyId) !== undefined);
}

/** Somebody else confirms the key meanwhile: the page looks again by itself. */
function isWaiting({ kept, me }: Standing): boolean {
  return kept !== null && me !== null && typeof me === "object" && !isBound(kept, me);
}

function Steps(props: { now: number }): ReactNode {
  const { keys } = useTexts("keys");
  return (
    <ol className="steps">
      {keys.enrol.steps.map((step, i) => (
        <li key={step} {...(i === props.now ? { "aria-current": "step" as const } : {})}>
          {step}
        </li>
      ))}
    </ol>
  );
}

function Waiting(props: { kept: KeptKey }): ReactNode {
  const { keys } = useTexts("keys");
  return (
    <div className="stack" role="status">
      <h2>… {keys.enrol.waiting}</h2>
      <p>{keys.enrol.waitingText}</p>
      <p>
        {keys.number} <strong className="number">{keyNumber(toSigner(props.kept).keyId)}</strong>
      </p>
      <p className="soft small">{keys.numberHint}</p>
    </div>
  );
}

function RollEntry(props: { registry: Hex; own: OwnVoter; keyId: Hex }): ReactNode {
  const { keys } = useTexts("keys");
  const { registry, own, keyId } = props;
  return (
    <section className="section">
      <h2 className="ruled">{keys.roll(formatCount(own.roll))}</h2>
      <OwnEntry registry={registry} own={own} keyId={keyId} />
      <KeyHistory keys={own.keys} keyId={keyId} />
    </section>
  );
}

function Bound(props: { community: string; kept: KeptKey; me: Me }): ReactNode {
  const { registry, keys } = useTexts("keys");
  const registryOnChain = useCommunity(props.community).data?.registry;
  const { keyId } = toSigner(props.kept);
  const [newest, ...earlier] = props.me.voters.toSorted((a, b) => b.roll - a.roll);
  return (
    <div className="stack">
      <h2>{keys.enrol.bound}</h2>
      <p className="soft">{keys.enrol.boundText}</p>
      {registryOnChain && newest && (
        <RollEntry registry={registryOnChain} own={newest} keyId={keyId} />
      )}
      {registryOnChain && earlier.length > 0 && (
        <Fold title={keys.earlierRolls(formatCount(earlier.length))}>
          {earlier.map((own) => (
            <RollEntry key={own.roll} registry={registryOnChain} own={own} keyId={keyId} />
          ))}
        </Fold>
      )}
      <div className="actions">
        <Link className="button button-main" href={`/communities/${props.community}`}>
          {registry.meetings}
        </Link>
      </div>
    </div>
  );
}

interface PartProps {
  readonly community: string;
  readonly name: string;
  readonly onChanged: () => void;
}

function Enrol(props: PartProps): ReactNode {
  const { community, name, onChanged } = props;
  return (
    <>
      <Steps now={0} />
      <EnrolForm community={community} name={name} onEnrolled={onChanged} />
      <DemoOwners community={community} onChosen={onChanged} />
    </>
  );
}

/** The way back for whoever has lost a key or changed the phone. */
function LostKey(props: PartProps): ReactNode {
  const { keys } = useTexts("keys");
  return (
    <section className="section">
      <Fold title={keys.lost.title}>
        <ol className="numbered">
          {keys.lost.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <Enrol {...props} />
      </Fold>
    </section>
  );
}

function Known(props: PartProps & { kept: KeptKey; me: Me }): ReactNode {
  const { kept, me } = props;
  const bound = isBound(kept, me);
  return (
    <>
      <Steps now={bound ? 3 : 2} />
      {bound ? <Bound community={props.community} kept={kept} me={me} /> : <Waiting kept={kept} />}
      <LostKey {...props} />
    </>
  );
}

function EnrolBody(props: PartProps & { standing: Standing }): ReactNode {
  const { keys } = useTexts("keys");
  const { standing, ...part } = props;
  const { kept, me } = standing;
  if (!kept || !me) return <Enrol {...part} />;
  if (me === "signIn") {
    return (
      <>
        <OwnerSignIn kept={kept} onChanged={part.onChanged} />
        <LostKey {...part} />
      </>
    );
  }
  if (me === "unknown") {
    return (
      <>
        <div className="problem" data-problem="KeyUnknown">
          <p className="problem-what">{keys.unknown[0]}</p>
          <p>{keys.unknown[1]}</p>
        </div>
        <Enrol {...part} />
      </>
    );
  }
  return <Known {...part} kept={kept} me={me} />;
}

export default function EnrolPage(): ReactNode {
  const { keys } = useTexts("keys");
  const queries = useQueryClient();
  const { community = "" } = useParams<{ community: string }>();
  const known = useCommunity(community);
  const standing = useQuery({
    queryKey: ["standing", community],
    queryFn: () => loadStanding(community),
    refetchInterval: ({ state }) =>
      state.data && isWaiting(state.data) ? POLL_MILLISECONDS : false,
  });
  const onChanged = (): void => {
    void queries.invalidateQueries({ queryKey: ["standing"] });
    void queries.invalidateQueries({ queryKey: ["seat"] });
  };
  if (known.isPending || standing.isPending) return <Loading tall />;
  const name = known.data?.name ?? "";
  return (
    <Page title={keys.enrol.title} over={<Link href={`/communities/${community}`}>{name}</Link>}>
      {standing.isError && (
        <ProblemView error={standing.error} onRetry={() => void standing.refetch()} />
      )}
      {standing.data && (
        <EnrolBody
          community={community}
          name={name}
          standing={standing.data}
          onChanged={onChanged}
        />
      )}
    </Page>
  );
}
