import busboy from "busboy";
import type { Request } from "express";
import { DomainError } from "./errors.ts";
import type { Upload } from "./route.ts";

export interface Form {
  file: Upload | undefined;
  fields: Record<string, string>;
}

const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 100_000;

/** Reads a `multipart/form-data` body with at most one file, into memory. */
export function readForm(request: Request, maxBytes: number): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = { file: undefined, fields: {} };
    const fail = (error: Error): void => {
      request.unpipe();
      request.resume();
      reject(error);
    };
    const parser = createParser(request, maxBytes);
    parser.on("field", (name, value) => void (form.fields[name] = value));
    parser.on("file", (_name, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => fail(new DomainError("FileTooLarge", { maxBytes })));
      stream.on("end", () => {
        form.file = { name: filename ?? "", bytes: Buffer.concat(chunks) };
      });
    });
    parser.on("error", (cause) => fail(new DomainError("BodyMalformed", {}, cause)));
    parser.on("close", () => resolve(form));
    request.pipe(parser);
  });
}

function createParser(request: Request, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      // Browsers send file names in UTF-8 without saying so.
      defParamCharset: "utf8",
      limits: { files: 1, fileSize: maxBytes, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES },
    });
  } catch (cause) {
    throw new DomainError("BodyMalformed", {}, cause);
  }
}
