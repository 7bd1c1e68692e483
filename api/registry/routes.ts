import type { EventHub } from "../http/events.ts";
import type { Route } from "../http/route.ts";
import { communityRoutes } from "./community/routes.ts";
import { foundingRoutes } from "./founding/routes.ts";
import { importRoutes } from "./import/routes.ts";
import { keyRoutes } from "./key/routes.ts";
import { seatRoutes } from "./officer/seatRoutes.ts";
import { ownerRoutes } from "./owner/routes.ts";
import { proposalRoutes } from "./proposal/routes.ts";
import { rollRoutes } from "./roll/routes.ts";
import type { Registry } from "./service.ts";

export const registryRoutes = (registry: Registry, hub: EventHub): Route[] => [
  ...communityRoutes(registry, hub),
  ...foundingRoutes(registry),
  ...seatRoutes(registry),
  ...proposalRoutes(registry),
  ...importRoutes(registry),
  ...rollRoutes(registry),
  ...keyRoutes(registry),
  ...ownerRoutes(registry),
];
