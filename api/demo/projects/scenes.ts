import type { Calendar } from "../calendar.ts";
import { APPOINTED } from "../officers.ts";
import type { Scene } from "../scenes.ts";
import type { Story } from "../story.ts";
import { PROJECTS, standing } from "./terms.ts";
import type { ProjectName } from "./terms.ts";
import { TALES } from "./tales.ts";

const APPOINTED_DAY = -104;

/**
 * The offices that a fund needs, and every project of which a building stands: what the first meeting adopted is built
 * and paid in the season after it, and a burst main does not wait for a vote.
 */
export function listProjectScenes({ units }: Story, { at }: Calendar): Scene[] {
  const told = (Object.keys(TALES) as ProjectName[]).filter(
    (name) => standing(PROJECTS[name].scope, units).length > 0,
  );
  return [
    {
      ...{ at: at(APPOINTED_DAY, 11), title: "offices of the fund 资金岗位" },
      play: (town) => town.appoint(APPOINTED),
    },
    {
      ...{ at: at(APPOINTED_DAY, 16), title: "offices of the fund 资金岗位" },
      play: async (town) => {
        await town.works.openFund();
        await town.settle();
      },
    },
    ...told.flatMap((name) =>
      TALES[name].map(([day, hour, act]): Scene => ({
        ...{ at: at(day, hour), title: "projects 维修项目" },
        play: async (town) => {
          await act(town.works.of(name, units));
          await town.settle();
        },
      })),
    ),
  ];
}
