import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page runs under `default-src 'none'` with Trusted Types: everything it loads is a file of its
// own, nothing is put inline. File names carry the hash of their content, so two builds are equal.
export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": process.env["API_URL"] ?? "http://localhost:8080" } },
});
