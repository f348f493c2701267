import type { HelpedRole, RoleHelp } from "#words/zh/office-help";
import type { help as zh } from "#words/zh/office-help";

const roles: Record<HelpedRole, RoleHelp> = {
  clerk: {
    day: "Reports stand in the order of their first reply; begin with the first. Additions and disputed joinings wait for you here too.",
    steps: [
      ["Read today", "A number at the top opens exactly what it counts; red ones first."],
      ["Triage reports", "Open a problem, join one, answer, refer or decline; look at what may be the same on the right first."],
      ["Register calls and visits", "Write down what you hear while you hear it, and read the receipt code out."],
      ["Read additions", "Somebody has to have read them; what matters for the work is passed on, without whose it is."],
      ["Call back", "Somebody uninvolved calls, reads the script and records the very words; nobody answering is recorded too."],
    ],
    terms: [
      ["Opening", "A matter is put on the ledger, under a number that never changes."],
      ["Joining", "It is the same matter as a problem; what was joined wrongly is separated again."],
      ["Look", "Opening a reporter's contact, with a reason; that it was opened is recorded."],
    ],
  },
  handler: {
    day: "The problems of your unit stand by due day: record each step; when it is done, take a photo and declare it rectified.",
    steps: [
      ["Read today", "What is due soon stands at the top, what is owed this week day by day."],
      ["Take a photo before", "Before you begin: nothing else can be compared with later."],
      ["Record progress", "Say what was done today, with a photo; the public page shows it."],
      ["Ask for an extension in time", "Before the due day; the reason is public."],
      ["Declare it rectified", "With a photo after, and each measure ticked or explained."],
    ],
    terms: [
      ["Measure", "A step set at assignment; the check looks at each."],
      ["Evidence", "Photos and the like: before, during, after."],
      ["Rectification", "It says “done”; a check, the reporter and a notice come after it."],
    ],
  },
  leader: {
    day: "Your name stands on the public page. Read what is owed this week, then what was urged and has not moved.",
    steps: [
      ["Read what is owed this week", "Day by day on today's page; red is past due."],
      ["Open the problem", "Its first line says who is waited for; the form that is yours is open already."],
      ["See that it moves", "Have the handlers record progress; you may do it yourself."],
      ["Say when it cannot be done", "Ask for an extension or a suspension, with a reason; somebody else decides."],
      ["Declare it rectified", "You or a handler; what you answer for you can never check."],
    ],
    terms: [
      ["Leader", "One or two of a problem, in public; they stay in its history."],
      ["Suspension", "Stopped until a day, for a public reason, approved by the secretary."],
      ["Light", "Red past due, amber soon, green within its time, grey stopped or over."],
    ],
  },
  office: {
    day: "Assign, urge, decide, give notice, close. Each day what is to be assigned and what is late, each Monday the sheet.",
    steps: [
      ["Assign", "One or two leaders, one unit, measures, a goal and a due day: none may be missing."],
      ["Decide", "Extensions and dismissals are yours; on what you answer for somebody else decides."],
      ["Urge", "Select several on the ledger that are late or due soon, and urge them together."],
      ["Ask and give notice", "After a passed check reporters are asked, then notice is given; objections come first."],
      ["Close", "Possible once every condition holds; the one that does not stands beside the button."],
    ],
    terms: [
      ["Hand-over", "Another leader or unit, with a reason; the earlier ones stay in the history."],
      ["Notice", "Some working days before closing in which anybody may object."],
      ["Look-back", "On days that the town’s rules set, the problem is looked at again; a relapse goes on under the same number."],
    ],
  },
  verifier: {
    day: "Others say it is done; you see whether it is. Nobody who worked on it, or is of the unit, can check it.",
    steps: [
      ["Read what waits for a check", "On today's page, what came first stands first."],
      ["Compare before and after", "Side by side, with when and where each was taken."],
      ["Go through the measures", "Say of each whether it was seen, and how you looked."],
      ["Look at flags", "Where the program finds something doubtful: clear it with a public reason, or send it back."],
      ["Look back", "Go again on its day: it held, or it relapsed."],
    ],
    terms: [
      ["Check", "Somebody independent looks, on site or on paper: passed or failed."],
      ["Flag", "A reason to look again, never a verdict; while one is open nothing is closed."],
      ["Objection", "Anybody's during the notice, with a reason; you uphold or reject it."],
    ],
  },
  secretary: {
    day: "The town on one page: what is red, with whom it lies, what relapsed, what the town claims beside what reporters say.",
    steps: [
      ["Read the town on one page", "The lower half of today's page; every number opens."],
      ["Decide suspensions and second extensions", "The reason is public; say until which day."],
      ["Head campaigns", "You are their head; they may shorten limits, never lengthen them."],
      ["Print the Monday sheet", "By unit and leader, on A4, for the meeting."],
      ["Read sealed reports", "When the receivers are themselves concerned, they come to you."],
    ],
    terms: [
      ["Campaign", "A named drive with a beginning, an end and themes."],
      ["Resolution rate", "How many reporters said “solved”, beside what the units say themselves."],
      ["Relapse", "It came back after closing: same number, visible for ever."],
    ],
  },
  system_admin: {
    day: "Accounts, units, limits and the calendar are yours; what reports say you do not see. Look for amber lights first.",
    steps: [
      ["Read what is worth a look", "Disk, backup, log, locked accounts, calendar: what is amber opens where it is mended."],
      ["Add and close accounts", "A new one has no duty and no password; who left is closed, and what they did stays under their name."],
      ["Ask for temporary passwords", "You get the first half, the security administrator the second; tell them in person."],
      ["Import the calendar", "Paste the State Council's notice in November, compare the grid, confirm."],
      ["Try a restore", "A backup counts once it was restored; say so on the opening page."],
    ],
    terms: [
      ["Three hands", "System administrator, security administrator and auditor are three people without another duty."],
      ["Verifying", "The public log is hashed again from its first leaf and compared with the database."],
      ["Key", "For devices and programs: shown once, good for two years at most."],
    ],
  },
  security_admin: {
    day: "Duties and the policy are yours; what reports say you do not see. See who lacks the second step and who comes at night.",
    steps: [
      ["Read what is worth a look", "Duties held by one person, missing second steps, looks at identities within seven days."],
      ["Grant and take back duties", "For several at once; never your own, and never so that nobody is left."],
      ["Grant temporary passwords", "Ask the person first; then you get the second half."],
      ["Unlock, and end sign-ins", "A lock can end early; where somebody else may use an account, end all its sign-ins."],
      ["Set the policy", "Failures before a lock, idle minutes, days of notice: each change is public."],
    ],
    terms: [
      ["Duty", "What somebody may do hangs on the duties they hold."],
      ["Second step", "Six digits from a phone, beside the password."],
      ["Recovery code", "Stands in once for a lost phone; there are ten."],
    ],
  },
  auditor: {
    day: "You read the log alone: who did what and when. What is often asked is listed already.",
    steps: [
      ["Ask what is often asked", "Who looked at identities, who failed to sign in, who was given a duty: one press each."],
      ["See who came at night", "Within seven days; a name opens those sign-ins."],
      ["Search by person and number", "Choose who, what and which days in the log."],
      ["Export", "As a table, to take away; that you did is recorded too."],
      ["See that it was verified", "On which day the public log last held from its beginning; ask when it did not."],
    ],
    terms: [
      ["Event", "One thing that happened: added, never changed, never deleted."],
      ["Public log", "The fingerprint of every event; anybody can download and check it."],
      ["Checkpoint", "The signed fingerprint of all history, witnessed by other towns."],
    ],
  },
  receiver: {
    day: "Reports of wrongdoing and of conduct are seen by you alone; elsewhere not even a number tells of them.",
    steps: [
      ["Read sealed reports", "In the menu; what is to be answered first stands first."],
      ["Ask whether it is about you", "Then it is not yours to deal with; reporters can choose the secretary alone."],
      ["Answer or refer upwards", "In your own words, without who said it."],
      ["Open a problem where one is needed", "In your own words; the reporter's stay sealed."],
      ["Let out what is not sealed", "What is neither wrongdoing nor conduct goes back to the other reports."],
    ],
    terms: [
      ["Sealed report", "Of a category that its receivers alone see."],
      ["Receiver", "Named for a sealed category by the system administrator, never by themselves."],
      ["Referring upwards", "To the discipline commission or another authority: to whom, and why."],
    ],
  },
};

export const help: typeof zh = {
  title: "Help",
  under: "The part for your duties is open; read the others to know what they do.",
  yours: "Your duties",
  others: "Other duties",
  receiver: "Receiver of sealed reports",
  steps: "Five steps",
  terms: "Words to know",
  keysTitle: "Keyboard",
  keysHint: "For triage; each key stands on its button, and the mouse does the same.",
  more: "What residents read",
  roles,
};
