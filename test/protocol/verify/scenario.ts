import { TestCommunity } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { MIXED, type MeetingPlan } from "./roll.ts";

/** A convened meeting with its keys bound, before voting opens. */
export async function conveneMeeting(
  plan: MeetingPlan = MIXED,
  contact: TestMeeting["contact"] = "office",
): Promise<TestMeeting> {
  const meeting = new TestMeeting(await TestCommunity.create(), plan);
  meeting.contact = contact;
  await meeting.freeze();
  await meeting.bindKeys();
  await meeting.convene();
  return meeting;
}

/**
 * A whole meeting: wallets, device keys and passkeys, a revoked key, a second vote, paper beside an
 * own ballot, a ballot sealed by its voter, and one opened alone.
 */
export async function holdMeeting(
  plan: MeetingPlan = MIXED,
  contact?: TestMeeting["contact"],
): Promise<TestMeeting> {
  const meeting = await conveneMeeting(plan, contact);
  await meeting.revoke(5);
  const early = [0, 1, 2, 3, 4, 5, 6];
  await meeting.seal(early.map((owner) => meeting.vote(owner, ["for", "against"])));
  await meeting.sealPaper([
    { owner: 12, answers: ["for", "blank"] },
    { owner: 1, answers: ["against", "against"] },
  ]);
  await meeting.seal([1, 7, 8, 9].map((owner) => meeting.vote(owner, ["abstain", "for"])));
  await meeting.sealOwn(11, meeting.vote(11, ["for", "for"]));
  meeting.startCount();
  await meeting.openAlone(0, 2);
  await meeting.openAll();
  await meeting.conclude();
  return meeting;
}
