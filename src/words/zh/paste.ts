/** Rows pasted from a table. */
export const paste = {
  into: {
    units: {
      title: "单位：从表格粘贴",
      list: "单位",
      hint: "列：名称、类型、上级单位、英文名。类型写 部门、村（社区）、站所、承包单位，不写就按名称定；上级单位写名称，可以是上面几行里的。",
    },
    villages: {
      title: "村（社区）：从表格粘贴",
      list: "村（社区）",
      hint: "列：村名、区划代码、经度、纬度、英文名。只有村名也可以。",
    },
    people: {
      title: "人员：从表格粘贴",
      list: "人员与权限",
      hint: "列：姓名、登录名、单位、职务。登录名用拼音或工号，定了不能改；单位写名称，先建好单位。",
    },
  },
  short: "从表格粘贴",
  under: "在 Excel、WPS 里选中几列，复制，贴到下面；记下之前先给您看一遍",
  label: "贴在这里，连表头一起",
  look: "看一看",
  lookAgain: "改过了，再看一看",
  nothing: "没有读出一行，请从表格里复制几行贴进来",
  tooLong: (most: number) => `一次最多 ${most} 行，请分几次贴`,
  ignored: (heads: string) => `用不上的列：${heads}`,
  row: "行",
  becomes: "怎么记",
  is: { keep: "要", ask: "疑", doubt: "疑", not: "不记" },
  fields: {
    nameZh: "名称",
    nameEn: "英文名",
    code: "区划代码",
    lon: "经度",
    lat: "纬度",
    kind: "类型",
    parent: "上级单位",
    name: "姓名",
    login: "登录名",
    unit: "单位",
    titleZh: "职务",
    titleEn: "职务（英文）",
  },
  sum: "是合计行",
  there: "已经有了",
  sameAs: (line: number) => `和第 ${line} 行一样`,
  like: (name: string) => `像“${name}”`,
  namesake: "镇上已有同名的人",
  noSuchUnit: "没有这个单位，请先建好，或改成已有的名称",
  alsoKeep: (line: number) => `不是同一个，第 ${line} 行也记`,
  keep: (count: number, waits: number) => (waits === 0 ? `记下 ${count} 行` : `记下 ${count} 行，疑的 ${waits} 行先放着`),
  keepTicked: "记下打了勾的",
  sums: (all: number, keep: number, waits: number, not: number) =>
    `${all} 行：要 ${keep} · 疑 ${waits} · 不记 ${not}。打了勾的也记；记错了能改名，也能停用，用过的不删。`,
  kept: (count: number) => `记下了 ${count} 行。下面是先放着的，改好了再记。`,
};

/** Temporary passwords on paper. */
export const slips = {
  title: {
    first: (count: number) => `${count} 张条子：临时密码的前一半`,
    second: (count: number) => `${count} 张条子：临时密码的后一半`,
  },
  under: "只显示这一次：打印出来，裁开，当面交给本人",
  print: (count: number) => `打印 ${count} 张条子`,
  next: {
    first: "账号建好了，还不能登录：请安全管理员在“几个人一起”里给职责、确认临时密码，那里打印后一半。",
    second: "两半合起来就能登录，登录后必须先改掉。",
  },
  lost: "条子丢了，由系统管理员在那个人的页面上重新申请；在服务器上也可以用 npx sanwen officer reset --login 登录名。",
  copy: "复制",
  copied: "复制好了",
  half: { first: "前一半", second: "后一半" },
  how: {
    first: "后一半由安全管理员给，两半中间用短横线连接，登录后先改密码。",
    second: "接在前一半之后，中间用短横线连接，登录后先改密码。",
  },
};

/** Duties of several officers, in one form. */
export const together = {
  title: "几个人一起：给职责、确认临时密码",
  under: "打勾，一次保存；收回职责在各人的页面上。",
  who: "人员",
  duties: "职责",
  password: "临时密码",
  confirm: "已向本人核实，确认",
  none: "没有等待确认的",
  send: "保存打了勾的",
  nothing: "一个勾也没有打",
  refused: (name: string, why: string) => `${name}：${why}`,
};
