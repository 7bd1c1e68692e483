import { useMutation, useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import { list, maybe, object, text, type Read } from "../service/shape.ts";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useStatus } from "../shell/status.ts";
import { importDeviceKey } from "../signing/device-key.ts";
import { keepKey } from "../signing/kept-key.ts";

const ownersShape = object({
  community: text,
  owners: list(
    object({
      units: list(text),
      jwk: maybe(object({ kty: text, crv: text, x: text, y: text, d: text })),
    }),
  ),
});

type DemoOwner = Read<typeof ownersShape>["owners"][number];

/** Owners of the demonstration whose device keys are no secret; none anywhere else. */
async function listDemoOwners(community: string): Promise<readonly DemoOwner[]> {
  try {
    const demo = await request("/api/demo/keys", ownersShape);
    return demo.community === community ? demo.owners.filter(({ jwk }) => jwk) : [];
  } catch (error) {
    if (error instanceof Problem && error.code === "RouteNotFound") return [];
    throw error;
  }
}

/** In the demonstration one can try everything as one of its invented owners. */
export function DemoOwners(props: { community: string; onChosen: () => void }): ReactNode {
  const { keys } = useTexts("keys");
  const { community, onChosen } = props;
  const isDemonstration = useStatus()?.demonstration === true;
  const owners = useQuery({
    queryKey: ["demo-owners", community],
    queryFn: () => listDemoOwners(community),
    enabled: isDemonstration,
  });
  const choosing = useMutation({
    mutationFn: async ({ jwk }: DemoOwner) =>
      jwk && keepKey(`owner ${community}`, await importDeviceKey(jwk)),
    onSuccess: onChosen,
  });
  if (isDemonstration && owners.isPending) return <Loading tall />;
  if (!owners.data?.length) return null;
  return (
    <section className="section" data-demo-owners>
      <h2>{keys.enrol.demo}</h2>
      <p className="soft">{keys.enrol.demoHint}</p>
      {choosing.isError && <ProblemView error={choosing.error} />}
      <div className="actions">
        {owners.data.map((owner) => (
          <button
            key={owner.units.join()}
            type="button"
            className="button"
            onClick={() => choosing.mutate(owner)}
          >
            {owner.units.join(" · ")}
          </button>
        ))}
      </div>
    </section>
  );
}
