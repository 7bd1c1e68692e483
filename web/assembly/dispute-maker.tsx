import { Suspense, useState, type ReactNode } from "react";
import { Link } from "wouter";
import type { Complaint } from "../../protocol/verify/dispute/make.ts";
import { useTexts } from "../language/language.tsx";
import { useMutation } from "../service/query.ts";
import { TextArea } from "../shell/field.tsx";
import { Fold } from "../shell/fold.tsx";
import { ProblemView } from "../shell/problem-view.tsx";

interface DisputeMakerProps {
  readonly community: string;
  readonly complaint: Complaint;
}

function Making(props: DisputeMakerProps): ReactNode {
  const { dispute } = useTexts("dispute");
  const { community, complaint } = props;
  const [says, setSays] = useState("");
  const making = useMutation({
    // What packs files is loaded when somebody wants one.
    mutationFn: async () => {
      const { saveDispute } = await import("./dispute-file.ts");
      return saveDispute(community, { ...complaint, says: says.trim().normalize("NFC") });
    },
  });
  return (
    <div className="stack" data-dispute-maker={complaint.kind}>
      <p>{dispute.intro[complaint.kind]}</p>
      <p className="soft small">{dispute.holds[complaint.kind]}</p>
      <TextArea label={dispute.says} value={says} onChange={setSays} />
      {making.isError && <ProblemView error={making.error} />}
      {making.data !== undefined && (
        <p role="status">
          {dispute.saved(making.data)} <Link href="/check">{dispute.check}</Link>
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={making.isPending}
          onClick={() => making.mutate()}
        >
          {making.isPending ? dispute.making : dispute.make}
        </button>
      </div>
    </div>
  );
}

function Folded(props: DisputeMakerProps): ReactNode {
  const { dispute } = useTexts("dispute");
  return (
    <section className="section screen-only">
      <Fold title={dispute.title[props.complaint.kind]}>
        <Making {...props} />
      </Fold>
    </section>
  );
}

/** Makes a file of a claim and the evidence that decides on it, for whoever is not content with what the page says. */
export function DisputeMaker(props: DisputeMakerProps): ReactNode {
  // It stands below what somebody has opened to read: that stays while its texts come.
  return (
    <Suspense>
      <Folded {...props} />
    </Suspense>
  );
}
