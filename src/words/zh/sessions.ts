import type { Browser, System } from "#people/user-agent";

const browsers: Record<Browser, string> = {
  wechat: "微信",
  dingtalk: "钉钉",
  qq: "QQ 浏览器",
  uc: "UC 浏览器",
  huawei: "华为浏览器",
  xiaomi: "小米浏览器",
  edge: "Edge",
  firefox: "火狐",
  chrome: "Chrome",
  safari: "Safari",
  other: "别的浏览器",
};

const systems: Record<System, string> = {
  harmony: "鸿蒙",
  android: "安卓",
  iphone: "iPhone",
  ipad: "iPad",
  windows: "Windows",
  mac: "苹果电脑",
  linux: "Linux",
  other: "别的系统",
};

/** Where somebody is signed in, and the devices they signed in with before. */
export const sessions = {
  browsers,
  systems,
  title: "正在登录的地方",
  hint: "有不认识的，先结束它，再改密码。",
  here: "这一处",
  waitsForCode: "只输了密码，还没过第二步",
  from: (address: string) => `来自 ${address}`,
  begun: "登录于",
  seen: "最近使用",
  end: "结束",
  endOf: (which: string) => `结束${which}的登录`,
  endOthers: "结束其他所有登录",
  onlyHere: "没有在别处登录。",
  devicesTitle: "用过的设备",
  devicesHint:
    "在这些设备上登录，不受别人输错密码的影响。不再用的、借过的，可以忘掉；忘掉不会退出登录。改了密码，别的设备都要重新登录一次才算。",
  known: "第一次",
  lastSignIn: "最近登录",
  forget: "忘掉",
  forgetOf: (which: string) => `忘掉${which}`,
  noDevices: "还没有。",
  count: (count: number) => (count === 0 ? "现在没有登录。" : `现在有 ${count} 处登录。`),
  endAll: "结束全部登录",
  endAllHint: "本人要重新登录，没提交的内容会丢。密码不变；怀疑密码泄露时，另请申请临时密码。",
};
