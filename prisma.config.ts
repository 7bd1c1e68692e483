import { defineConfig } from "prisma/config";

// No datasource here: the service hands its connection to the client, and migrations are applied by our own runner.
export default defineConfig({ schema: "prisma", migrations: { path: "prisma/migrations" } });
