import { DOCUMENT_BYTES } from "#evidence/bounds";

export const papers = {
  title: "附件",
  under: "验收单、会议纪要、合同等文件，密封保存，只给能看这个问题的工作人员看，不公开。",
  noPapers: "还没有附件。",
  add: "添加附件",
  file: "文件",
  fileHint: `PDF、OFD、Word、Excel 或 PPT（docx、xlsx、pptx），不超过 ${DOCUMENT_BYTES / 1024 ** 2} MB`,
  caption: "这是什么文件",
  captionHint: "例如：验收单",
  send: "保存附件",
  kept: "文件已收到，改好下面一项再保存即可。",
  none: "请选一个文件",
  done: "附件已保存。",
  unnamed: "没有写名称的文件",
  size: (kilobytes: number) => `${kilobytes} KB`,
  withdrawTitle: "撤下附件",
  withdrawLead: "文件里有不该留下的内容时用。立刻谁也打不开，原件密封保存，理由写进公开日志。",
  withdraw: "撤下这份附件",
};
