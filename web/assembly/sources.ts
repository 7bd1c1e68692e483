import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import type { ChainSource, Sources } from "../../protocol/verify/source.ts";

/** Counts what has been asked for, so that people see that something moves. */
export type OnRead = (reads: number) => void;

function counted<Source extends object>(source: Source, onRead: () => void): Source {
  return new Proxy(source, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        onRead();
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}

export interface Origin {
  readonly api: string;
  readonly node: string;
  readonly community: string;
}

/** The service's published records and a node's chain; neither is trusted. */
export function openSources({ api, node, community }: Origin, onRead: OnRead): Sources {
  let reads = 0;
  const count = (): void => onRead(++reads);
  return {
    records: counted(new HttpRecordSource({ api, community }), count),
    chain: counted<ChainSource>(new RpcChainSource(node), count),
  };
}
