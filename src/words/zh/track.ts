/** Where a receipt code is asked for. */
export const track = {
  title: "查进度",
  code: "回执号",
  codeHint: "10 位字母和数字，例如 7Q4KM-2XD9H。大小写、空格、横线都不要紧。",
  show: "查看",
  wrong: "没有找到这个回执号。请对照回执再输一次：里面没有字母 I、L、O、U。",
  publicDevice: "在公用电脑上查完，记得点“离开并清除”。",
  lost: "回执号丢了，网页上找不回来。留过电话的，打电话或来窗口就能补发：镇上会照留的号码打给你，补发后原来的号作废。没有留电话的，可以重新反映。",
  dead: {
    title: "这个回执号已经作废",
    lead: (day: string) => `${day}，有人说它丢了，镇上照登记的电话打过去，补发了新的回执号。请用新的那个，看到的还是同一件事。`,
    notYou: "如果那不是你，请马上打电话或到窗口告诉镇上。",
    again: "输入新的回执号",
  },
  expired: "太久没有操作，为保护隐私已自动离开。请再输一次回执号。",
  expiredKept: "你刚才写的还在，输完回执号就能接着发。",
  left: "已离开，这台设备上的查询记录已清除。",
  tooMany: "试得太多了",
  tooManyHint: (minutes: number) => `请在 ${minutes} 分钟后再试。回执号没有失效。`,
};
