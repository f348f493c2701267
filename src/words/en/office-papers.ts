import { DOCUMENT_BYTES } from "#evidence/bounds";

export const papers = {
  title: "Papers",
  under: "Records of acceptance, minutes, contracts: kept sealed, for officers who may see this problem, never public.",
  noPapers: "There are no papers yet.",
  add: "Add a paper",
  file: "File",
  fileHint: `PDF, OFD, Word, Excel or PowerPoint (docx, xlsx, pptx), at most ${DOCUMENT_BYTES / 1024 ** 2} MB`,
  caption: "What it is",
  captionHint: "For example: record of acceptance",
  send: "Save the paper",
  kept: "The file has arrived: mend what is named below and save.",
  none: "Choose a file",
  done: "The paper is saved.",
  unnamed: "A file without a name",
  firstPage: (caption: string) => `First page${caption === "" ? "" : `: ${caption}`}`,
  pageWaits: "The first page is being drawn: look again in a minute.",
  noPage: "Nothing is drawn of this kind of file: download it to see it.",
  pageBecause: (why: string) => `No picture of the first page. ${why}`,
  size: (kilobytes: number) => `${kilobytes} KB`,
  withdrawTitle: "Withdraw a paper",
  withdrawLead:
    "For a file with something in it that should not be there. Nobody opens it any more, the original stays sealed, the reason stands in the public log.",
  withdraw: "Withdraw this paper",
};
