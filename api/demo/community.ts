export const DEMO_COMMUNITY = "demo-garden";
