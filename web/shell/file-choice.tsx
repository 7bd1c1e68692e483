import { useId, type ChangeEvent, type ReactNode } from "react";

/** A native file field with a label that looks like the other buttons. */
export function FileChoice(props: {
  label: string;
  accept?: string;
  onFile: (bytes: Uint8Array<ArrayBuffer>, file: File) => void;
}): ReactNode {
  const id = useId();
  const take = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    // Emptied, so that choosing the same file again is noticed.
    target.value = "";
    if (file) props.onFile(new Uint8Array(await file.arrayBuffer()), file);
  };
  return (
    <>
      <input
        className="file-input visually-hidden"
        id={id}
        type="file"
        accept={props.accept ?? "application/json,.json"}
        onChange={(event) => void take(event)}
      />
      <label className="button file-label" htmlFor={id}>
        {props.label}
      </label>
    </>
  );
}
