import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const sizes = {
  "max-lines": ["error", { max: 300 }],
  "max-lines-per-function": ["error", { max: 50 }],
  "max-params": ["error", 4],
  complexity: ["error", 12],
  eqeqeq: ["error", "always", { null: "ignore" }],
  "max-depth": ["error", 3],
};

/** Written by `npm run generate` and kept in the repository: no rule is asked of them. */
const GENERATED = ["api/chain/bytecode.ts", "protocol/abi/**/*.ts"];

export default defineConfig(
  {
    ignores: ["artifacts/", "cache/", "coverage/", "data/", "dist/", "api/database/generated/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    ignores: GENERATED,
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...sizes,
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A handler may be async for the sake of its interface.
      "@typescript-eslint/require-await": "off",
      // Express 5 awaits its handlers, and React's events ignore what a handler returns.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  { files: GENERATED, languageOptions: { parser: tseslint.parser } },
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], rules: sizes },
  {
    // A suite is one function around its cases; an assertion may be an expression.
    files: ["test/**/*.ts", "test/**/*.tsx"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-unused-expressions": "off" },
  },
  {
    // The contracts of ethers and the JSON of vectors have no static types.
    files: ["test/**/*.ts", "test/**/*.tsx", "scripts/bench/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);
