import path from "node:path";
import { parseArgs } from "node:util";
import { isHex } from "viem";
import type { Hex } from "viem";
import * as z from "zod";

/** A setting is missing or wrong; the message is for whoever starts the service. */
export class SettingsInvalid extends Error {
  override readonly name = "SettingsInvalid";
}

export const DEMONSTRATION_SIZES = ["small", "full", "large"] as const;
export type DemonstrationSize = (typeof DEMONSTRATION_SIZES)[number];

export interface Settings {
  host: string;
  /** Undefined: the first free one from 8080 on. */
  port: number | undefined;
  dataDirectory: string;
  databaseUrl: string | undefined;
  chainRpcUrl: string | undefined;
  relayerKey: Hex | undefined;
  /** As the address bar shows it; undefined: http on this machine. */
  publicOrigin: string | undefined;
  /** Under which this installation publishes its projects, given out by the Open Contracting Partnership. */
  ocdsPrefix: string;
  /** Chain nodes, besides this service, that the page may read from. */
  nodeOrigins: readonly string[];
  /** Proxies of the operator's in front of the service. */
  proxies: number;
  /** A policy file (c2sp.org/tlog-policy): the witnesses to which heads are shown, and whose cosignatures are wanted. */
  witnesses: string | undefined;
  /** An authority of RFC 3161 timestamps, and a file with the certificates (PEM) under which its word counts. */
  timestampUrl: string | undefined;
  timestampCa: string | undefined;
  /** A port on this machine only; undefined: no metrics. */
  metricsPort: number | undefined;
  /** How often the service inspects itself; 0: never. */
  fsckHours: number;
  logLevel: string;
  isProduction: boolean;
  /** Undefined: an empty installation stays empty. */
  demonstration: DemonstrationSize | undefined;
}

const port = z.coerce.number().int().min(0).max(65_535);

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    message: "must be an origin without a path, such as https://vote.example.org",
  });

const environmentSchema = z
  .object({
    HOST: z.string().min(1).default("127.0.0.1"),
    PORT: port.optional(),
    DATA_DIR: z.string().min(1).default("data"),
    DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
    CHAIN_RPC_URL: z.url({ protocol: /^https?$/ }).optional(),
    CHAIN_RELAYER_KEY: z
      .custom<Hex>((value) => isHex(value) && value.length === 66, {
        message: "must be a private key: 0x and 64 hexadecimal digits",
      })
      .optional(),
    PUBLIC_ORIGIN: origin.optional(),
    // Of nobody: releases of an installation without a prefix of its own cannot be told apart from those of another.
    OCDS_PREFIX: z
      .string()
      .regex(/^ocds-[0-9a-z]{6}$/)
      .default("ocds-000000"),
    PUBLIC_NODES: z
      .string()
      .default("")
      .transform((text) => text.split(/[\s,]+/).filter(Boolean))
      .pipe(z.array(origin)),
    PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    METRICS_PORT: port.optional(),
    FSCK_INTERVAL_HOURS: z.coerce.number().min(0).max(8760).default(24),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
    NODE_ENV: z.string().optional(),
    WITNESSES: z.string().min(1).optional(),
    TIMESTAMP_URL: z.url({ protocol: /^https?$/ }).optional(),
    TIMESTAMP_CA: z.string().min(1).optional(),
  })
  .refine(
    (values) => (values.TIMESTAMP_URL === undefined) === (values.TIMESTAMP_CA === undefined),
    {
      path: ["TIMESTAMP_CA"],
      message: "TIMESTAMP_URL and TIMESTAMP_CA belong together",
    },
  );

/** Reads the settings. Throws SettingsInvalid that names every wrong one. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Settings {
  // An empty variable is one that somebody meant to leave out.
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const result = environmentSchema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    // The values stay out: a database's address holds its password.
    const faults = result.error.issues.map(
      ({ path: [name], message }) => `${String(name)}: ${message}`,
    );
    throw new SettingsInvalid(faults.join("\n"));
  }
  const values = result.data;
  const isProduction = values.NODE_ENV === "production";
  return {
    host: values.HOST,
    port: values.PORT,
    dataDirectory: path.resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    chainRpcUrl: values.CHAIN_RPC_URL,
    relayerKey: values.CHAIN_RELAYER_KEY,
    publicOrigin: values.PUBLIC_ORIGIN,
    ocdsPrefix: values.OCDS_PREFIX,
    nodeOrigins: values.PUBLIC_NODES,
    proxies: values.PROXIES,
    witnesses: values.WITNESSES,
    timestampUrl: values.TIMESTAMP_URL,
    timestampCa: values.TIMESTAMP_CA,
    metricsPort: values.METRICS_PORT,
    fsckHours: values.FSCK_INTERVAL_HOURS,
    logLevel: values.LOG_LEVEL,
    isProduction,
    demonstration: readDemonstration(args, isProduction),
  };
}

function readDemonstration(
  args: readonly string[],
  isProduction: boolean,
): DemonstrationSize | undefined {
  const { empty, "demo-size": size } = readArguments(args);
  if (size !== undefined && !(DEMONSTRATION_SIZES as readonly string[]).includes(size)) {
    throw new SettingsInvalid(`--demo-size: one of ${DEMONSTRATION_SIZES.join(", ")}`);
  }
  if (isProduction && size !== undefined) {
    throw new SettingsInvalid("--demo-size: never in production (NODE_ENV=production)");
  }
  return empty || isProduction ? undefined : ((size ?? "full") as DemonstrationSize);
}

function readArguments(args: readonly string[]) {
  try {
    const options = { empty: { type: "boolean" }, "demo-size": { type: "string" } } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw new SettingsInvalid(
      `${cause instanceof Error ? cause.message : ""}\nKnown: --empty, --demo-size small|full|large`,
      { cause },
    );
  }
}
