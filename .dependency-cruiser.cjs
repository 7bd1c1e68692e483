// The table "Folders, and what may import what" of ARCHITECTURE.md, as rules.

const SUBJECTS = ["registry", "anchor", "assembly", "fund"];
const LAYERS = "(protocol|api|web)";

/** A layer may use its own files, the named layers and libraries. */
function layer(name, mayUse) {
  return {
    name: `${name}-imports`,
    comment: `${name}/ may import only ${[name, ...mayUse].join(", ")} and libraries`,
    severity: "error",
    from: { path: `^${name}/` },
    to: {
      pathNot: `^(${[name, ...mayUse].join("|")})/|node_modules/`,
      dependencyTypesNot: ["core"],
      couldNotResolve: false,
    },
  };
}

/** registry → anchor → assembly → fund: within a layer a subject may use earlier ones only. */
const subjectOrder = SUBJECTS.slice(0, -1).map((subject, index) => ({
  name: `${subject}-uses-later-subject`,
  comment: `${subject} may not use ${SUBJECTS.slice(index + 1).join(", ")}`,
  severity: "error",
  from: { path: `^${LAYERS}/${subject}/` },
  to: { path: `^$1/(${SUBJECTS.slice(index + 1).join("|")})/` },
}));

const subjects = `(${SUBJECTS.join("|")})`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer("protocol", []),
    layer("web", ["protocol"]),
    layer("api", ["protocol"]),
    layer("scripts", ["protocol", "api"]),
    ...subjectOrder,
    {
      name: "api-subject-behind-service",
      comment: "In api a subject is used by another through its service.ts only",
      severity: "error",
      from: { path: `^api/${subjects}/` },
      to: { path: `^api/${subjects}/`, pathNot: [`^api/$1/`, `^api/${subjects}/service\\.ts$`] },
    },
    {
      name: "no-node-in-browser",
      comment: "protocol/ and web/ run in the browser: no module of Node",
      severity: "error",
      from: { path: "^(protocol|web)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-ethers",
      comment: "ethers is for scripts/ and test/; protocol, api and web use viem",
      severity: "error",
      from: { path: "^(protocol|api|web)/" },
      to: { path: "node_modules/ethers/" },
    },
    {
      name: "no-development-library",
      comment:
        "What runs in the service, the page or the command line is a dependency, not a devDependency",
      severity: "error",
      from: { path: "^(protocol|api|web|scripts/commands)/" },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "node_modules/ethers/",
      },
    },
    {
      name: "no-cycles",
      comment: "Files may name each other's types, but not need each other to run",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^api/database/generated/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
