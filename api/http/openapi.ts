import * as z from "zod";
import { createDocument } from "zod-openapi";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import { problemSchema } from "./problem.ts";
import { FILE, RAW } from "./route.ts";
import type { Route, Who } from "./route.ts";

/** The route table as OpenAPI 3.1. */
export function describeRoutes(routes: readonly Route[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/[:*](\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Mingzhang 明账",
      version,
      description:
        "Failures are problem+json (RFC 9457) with `code` and `params`. Writes take an `Idempotency-Key`. Areas are decimal texts in m², hashes are 0x hex, times are RFC 3339.",
    },
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-mingzhang_session" },
        operator: { type: "http", scheme: "bearer" },
      },
    },
    paths,
  });
}

function describeRoute(route: Route): ZodOpenApiOperationObject {
  return {
    summary: route.summary,
    description: `Who: ${describeWho(route.who)}`,
    tags: [
      route.path.split("/").at(route.path.startsWith("/communities/:community/") ? 3 : 1) ?? "",
    ],
    security: securityOf(route.who),
    requestParams: {
      path: route.params as z.ZodObject,
      query: route.query as z.ZodObject,
    },
    ...describeBody(route),
    responses: { ...describeAnswer(route), default: problemAnswer },
  };
}

const problemAnswer = {
  description: "The rules say no, or something broke",
  content: { "application/problem+json": { schema: problemSchema } },
};

const describeWho = (who: Who): string =>
  typeof who === "string" ? who : `officers (${who.officer.join(", ")})`;

function securityOf(who: Who): Record<string, string[]>[] {
  if (who === "public") return [];
  return who === "operator" ? [{ operator: [] }] : [{ session: [] }];
}

function describeBody(route: Route): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (route.upload) {
    const fields = route.body instanceof z.ZodObject ? route.body.shape : {};
    const file = z.unknown().meta({ override: { type: "string", format: "binary" } });
    const schema = z.object({ file, ...fields });
    return { requestBody: { required: true, content: { "multipart/form-data": { schema } } } };
  }
  if (!route.body) return {};
  return {
    requestBody: { required: true, content: { "application/json": { schema: route.body } } },
  };
}

function describeAnswer(route: Route): ZodOpenApiOperationObject["responses"] {
  const status = `${route.status ?? 200}` as const;
  if (route.response === FILE) return { "200": { description: "The file's bytes" } };
  if (route.response === RAW) return { "200": { description: "See the summary" } };
  if (route.status === 204) return { "204": { description: "Done" } };
  const content = { "application/json": { schema: route.response } };
  return { [status]: { description: "Done", content } };
}
