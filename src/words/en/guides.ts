import type { Words } from "#words/words";

/** What residents read before they trust the house with something: how it is used, what becomes of what they say, who can use it. */
export const guides: Words["guides"] = {
  help: {
    title: "How to use it",
    parts: [
      [
        "Report something",
        "Choose “Report a problem”: one thing a page. Photos and contact details are up to you, and no account is needed.",
      ],
      [
        "Keep the receipt code",
        "You get 10 characters at once. Press the picture for a while to save it, or write them down: they open your report.",
      ],
      [
        "A lost code",
        "This site cannot find it again. If you left a phone number, call or come: the town calls you on it and reissues the code; the old one is dead. If you left none, you can report again.",
      ],
      [
        "Where it stands",
        "A line shows it, from received to struck off. The red dot is the present step; under it stands what it waits for, and until when.",
      ],
      [
        "Is it solved?",
        "What is said to be done is checked by somebody who did none of it; then you are asked. If you say no, the work goes on, or the town says in public why not. No answer is never counted as satisfied.",
      ],
      ["Somebody reported it already", "Choose “I have this too” on its page. During the public notice anybody may object."],
      [
        "The lights",
        "Green: in time. Amber: nearly due. Red: overdue. Grey: struck off, not taken on, or suspended. The words beside it say the same.",
      ],
      ["The type is too small", "At the foot of every page are large type and high contrast. What you had begun to write stays."],
    ],
  },
  privacy: {
    title: "How personal information is kept",
    parts: [
      [
        "What becomes public",
        "Once on the ledger: the town's own words, the progress and photos. Not your words, your name or how to reach you. Photos may be shown, without place and phone data.",
      ],
      [
        "When you leave no contact",
        "A random mark of this device and the network address are kept only as keyed fingerprints, to see the same report sent twice and to prevent abuse. They do not tell who you are.",
      ],
      [
        "What the browser keeps",
        "Language and view, the random mark of this device, an unfinished draft (a day), a pass to your report (half an hour). No advertising, and no scripts of others.",
      ],
      [
        "Keep the receipt safe",
        "The picture and the file hold your sentence and the code. Whoever has them can read this report and add to it.",
      ],
    ],
  },
  accessibility: {
    title: "Accessibility",
    parts: [
      [
        "What we aim at",
        "Web Content Accessibility Guidelines (WCAG) 2.2, level AA: by keyboard alone, with a screen reader, never by colour alone, on screens from 320 pixels.",
      ],
      ["How it is checked", "Every page, in Chinese and English, by automatic tools. They do not find everything: please tell us."],
      ["Without scripts", "The public pages work without any. Scripts only help, with smaller photos or with your position."],
      [
        "What is missing",
        "There is no sign language and nothing is read aloud by the page; what the town writes is in Chinese alone; photos of others may have short descriptions.",
      ],
      [
        "If something stops you",
        "Tell the town with “Report a problem”: which page, and with which device. It must reply in time, as to any report.",
      ],
    ],
  },
};
