/** What the door for programs says: what can be wrong with a request, and the page that describes it. */
export const api = {
  troubles: {
    malformed: { title: "无法读懂这次请求", detail: "请求正文应为一个 UTF-8 编码的 JSON 对象。" },
    "not-found": { title: "没有找到", detail: "这个地址没有内容。全部地址见 /api。" },
    method: { title: "不支持这种方法", detail: "Allow 头列出了这个地址支持的方法。" },
    refused: { title: "按规定不能这样做", detail: "有一条规定不允许这样做。" },
    "too-large": { title: "内容太大", detail: "请求正文不能超过 64 KB、100 项，地址不能超过 8 KB。" },
    "media-type": { title: "不支持的内容类型", detail: "请以 application/json 发送正文。" },
    slow: { title: "请求正文来得太慢", detail: "没有写入任何内容。请换一个快些的网络再发送。" },
    fields: { title: "有些内容需要修改", detail: "逐项列在 errors 中。" },
    "too-many": { title: "请求太频繁", detail: "请在 Retry-After 所列秒数后再试。" },
    away: {
      title: "数据库暂时连不上",
      detail: "请在 Retry-After 所列秒数后再试；带 Idempotency-Key 的请求不会重复办理。",
    },
    busy: { title: "请求太多", detail: "请在 Retry-After 所列秒数后再试。" },
    fault: { title: "系统出了点问题", detail: "没有写入任何内容。如需求助，请报出 instance。" },
    "key-reused": { title: "这个键已用于别的请求", detail: "一个 Idempotency-Key 只对应一份正文；新的来件请用新的键。" },
    "key-unknown": { title: "密钥无效", detail: "密钥不对、已被收回或已到期。不带密钥就是匿名来件。" },
    "key-may-not": { title: "这把密钥不能做这件事", detail: "请向镇上的系统管理员申请。" },
    "no-town": { title: "还没有乡镇", detail: "本系统尚未完成初始设置。" },
  },
  fields: {
    "field/unknown": "没有这个名称的字段",
    "field/wrong-kind": "应填写另一种类型的值",
    "key/impossible": "1 到 255 个可见的 ASCII 字符",
  },
  /** By the name of the operation. */
  operations: {
    listProblems: "公开台账，新的在前，可筛选、可检索",
    findProblem: "一个问题的全部内容",
    listEvents: "一个问题的全部经过",
    readFigures: "全镇、各单位、各活动的数字",
    readDirectory: "筛选和反映问题时用到的名称与编号",
    sendReport: "向镇里反映问题",
  },
  page: {
    title: "给程序用的台账",
    lead: "公众可以看的内容都能以 JSON 读取，无需密钥；也可以由程序反映问题。完整说明：",
    addresses: "地址",
    read: "读取台账",
    send: "反映问题",
    sendHint: "答复中有回执号，只出现这一次。带上 Idempotency-Key，重试不会重复。正文不超过 64 KB；照片请在网页上提交。",
    errors: "错误",
    errorsHint: "以问题文档（RFC 9457）答复，按 Accept-Language 用中文或英文。type 有以下几种：",
    back: "回到台账",
  },
};
