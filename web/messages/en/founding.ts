import type { LaterMessages } from "../zh-later.ts";

export const founding: LaterMessages["founding"] = {
  title: "Set up a community",
  intro:
    "From an empty system, step by step, to the first meeting of the owners. Leave whenever you like; everything stays where you left it.",
  steps: ["Setup code", "The community", "Officers’ keys", "On chain", "Roll, letters, meeting"],
  open: {
    title: "Are you the one who sets it up?",
    why: "The setup code is printed only in the terminal in which the service was started, so that only whoever runs that computer can begin. It works once; this browser may then go on for twelve hours.",
    code: "Setup code",
    codeHint:
      "The twelve signs behind “/setup#code=” in the terminal. The operator’s token works too.",
    codeMissing: "Enter the setup code",
    begin: "Begin",
  },
  profile: {
    title: "Which community is it?",
    why: "The name goes into the community’s first public record. The list of buildings shows later whether a roll has left out a whole building.",
    name: "Name of the community",
    id: "Its part of the address",
    idHint: (origin) =>
      `Small letters, digits and dashes, such as qinghe. Owners see ${origin}/communities/… ; it cannot be changed later.`,
    district: "District and street",
    districtHint: "Such as: Model District, Qinghe Street",
    buildings: "Buildings (one a line; may stay empty)",
    buildingsHint: "From the residents’ committee’s list, such as 1, 2, 3.",
    rules: "Periods of the rules of procedure (optional)",
    rulesHint: "Every meeting begins with these; they can still be changed there.",
    begin: "Save and go on",
    save: "Save",
    saved: "Saved",
    change: "Change what was said of the community",
  },
  seats: {
    heading: "Let every officer make a key",
    why: "Everything takes the signatures of two different people, so there must be a registrar (residents’ committee) and somebody of the owners’ committee at least. Each opens their own link on their own phone or computer and makes a passkey there, whose secret never leaves that device: nobody can sign for somebody else, not even you. Then compare the key’s number, face to face or by telephone, to be sure that the right person opened the link.",
    open: "Give out a link for an office",
    add: (title) => `Fill in “${title}”`,
    usual: [
      { title: "Residents’ committee", roles: ["registrar"] },
      { title: "Chair of the committee", roles: ["committee", "approver"] },
      { title: "Teller A", roles: ["teller"] },
      { title: "Teller B", roles: ["teller"] },
    ],
    title: "Name of the office",
    titleHint: "The office, not the person: it is published.",
    roles: "Roles",
    rolesHint: "Registrar and committee watch each other; they cannot be one office.",
    invite: "Make a one-time link",
    newLink: "Cancel the link and make another",
    withdraw: "Withdraw this office",
    states: {
      invited: "… link given out, not yet opened",
      claimed: "… a key was made; compare its number with its holder",
      confirmed: "✔ number compared",
      appointed: "✔ appointment proposed",
    },
    compared: "I had the holder read the number out, and it is the one above",
    acts: { confirmation: "Confirm this key", proposal: "Propose the appointment" },
  },
  letter: {
    title: (title) => `For “${title}” to open`,
    text: "Scan the code with your own phone, or open the address below and type the code. It is shown this once and works once.",
    qr: "Opens the page on which this office makes its key",
    until: (time) => `Valid until ${time}`,
    mine: "This office is mine: make the key here",
  },
  found: {
    title: "Found it",
    why: "The community gets contracts of its own that know these officers’ keys. From then on registrar and committee appoint and dismiss, two signatures each; the operator changes nothing any more. This cannot be taken back.",
    noRegistrar: "A registrar whose key was compared is missing",
    noCommittee: "A committee officer whose key was compared is missing",
    unconfirmed: (title) => `“${title}” is not compared yet; withdraw it if it is not needed`,
    working: "Deploying the contracts, about half a minute…",
    button: (name) => `Found ${name}`,
  },
  done: {
    title: (name) => `${name} is founded`,
    text: "What follows is done by the officers, each at their own desk:",
    next: [
      "The registrar imports the owners’ roll; registrar and committee sign to freeze it.",
      "The registrar prints a letter for each household; owners make their keys with it.",
      "The registrar checks identities; two sign to enter the keys on the roll.",
      "The first meeting is called; it is announced once two have signed.",
    ],
    toDesk: "Go on at the desk",
    end: "End the setup and leave",
    endHint: "This browser is then the operator’s no longer; officers’ keys stay as they are.",
  },
  join: {
    title: "Make my officer’s key",
    intro: "You were given a link for an office. Enter its code.",
    code: "Code",
    codeHint: "Twelve signs; capitals and dashes do not matter.",
    codeMissing: "Enter the code",
    find: "Show the office",
    office: (name, title) => `${name} asks you to be “${title}”.`,
    own: "Use your own phone or computer. The key is in your hands alone, and signs everything that you will do.",
    ways: {
      passkey: "Make a passkey (recommended)",
      device: "Use a key of this device",
      wallet: "Use a wallet",
    },
    waiting: "Key handed in, waiting to be appointed",
    waitingText: (name, title) =>
      `Whoever gave you the link will ask you to read out the number below; then you are “${title}” of ${name}. This page refreshes by itself; you may leave.`,
    numberHint:
      "If the numbers differ, somebody else has used the link: have it cancelled and another made.",
    appointed: "✔ You are appointed",
    appointedText: (name, title) => `${name} · ${title}`,
    toDesk: "To the desk",
  },
  duties: {
    registrar:
      "Checks owners and their keys; signs rolls, keys, meetings and appointments with the committee. Usually the residents’ committee.",
    committee:
      "Calls meetings, publishes the accounts, signs with the registrar. Usually the owners’ committee.",
    teller: "Enters paper ballots, or checks what another entered; two sign to seal them.",
    approver: "Approves payments, never his own.",
    auditor: "Sees books and bank lines; changes nothing.",
  },
  start: {
    title: "The way to the first meeting",
    intro: "Every step says why it is there. Leave whenever you like; what is done stays done.",
    steps: {
      officers: [
        "Officers",
        "A paper ballot is entered by one and checked by another, so two tellers are needed. With voting by phone only, skip this for now.",
        "Appoint officers",
      ],
      roll: [
        "The owners’ roll",
        "It is what votes are counted against: areas and heads cannot be changed once it is frozen. The registrar imports it, the committee signs too.",
        "Import the roll",
      ],
      letters: [
        "Letters",
        "One code per household, which works once: with it owners make their keys. Owners without a key may vote on paper.",
        "Print letters",
      ],
      keys: [
        "Owners’ keys",
        "Once identities are checked two sign to enter the keys on the roll; only then can they vote. More may follow until voting closes.",
        "Check keys",
      ],
      meeting: [
        "The first meeting",
        "Notice, voting time and the threshold of every item are fixed when it is announced; afterwards it can only be extended.",
        "Call the meeting",
      ],
    },
    standing: {
      officers: (tellers) => `${tellers} tellers`,
      noRoll: "No roll yet",
      roll: (voters, isFrozen) =>
        isFrozen
          ? `Frozen, ${voters} owners`
          : `Waiting for signatures and the chain, ${voters} owners`,
      letters: (letters, voters) => `${letters} given out, ${voters} owners in all`,
      keys: (bound, waiting) => `${bound} entered, ${waiting} waiting`,
      meetings: (count) => `${count} announced`,
    },
  },
  appoint: {
    title: "Officers",
    hint: "Appointments, changes and dismissals take the signatures of registrar and committee, and stand on chain for everybody to see.",
    self: "(you)",
    open: "Change or dismiss",
    change: "Propose the change",
    dismiss: (title) => `Propose to dismiss “${title}”`,
    proposed: "Proposed. It counts once registrar and committee have signed.",
    seats: "New offices",
    seatsWhy:
      "Whoever is to be appointed makes a key with the link; you compare its number and propose the appointment; it counts once two have signed.",
  },
};
