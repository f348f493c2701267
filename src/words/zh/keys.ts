import type { DeviceKind, KEY_CAPABILITIES } from "#people/key";

const capabilities: Record<(typeof KEY_CAPABILITIES)[number], string> = { "send-reports": "以自己的名义报送来件" };
const kinds: Record<DeviceKind, string> = { phone: "手机", station: "监测站" };

/** Devices and programs with keys of their own. */
export const keys = {
  name: "名称",
  prefix: "密钥开头",
  seen: "最近使用",
  never: "没有用过",
  expires: "有效到",
  expiresHint: "最长两年",
  may: "可以做什么",
  capabilities,
  revoke: "收回密钥",
  revokedOn: "已收回，",
  shownTitle: "新的密钥",
  shownHint: "只显示这一次，请现在交给使用的人。程序在 Authorization 头里用 Bearer 加它；遗失就收回，另建一个。",
  programs: {
    title: "程序",
    under: "以自己的名义向镇里报送的程序，每个一把密钥",
    add: "新增程序",
    nameHint: "日志和经办页面里这样称呼它，例如“12345 转办系统”",
    kind: "报送渠道",
    kindHint: "来件记为从这个渠道来",
  },
  devices: {
    title: "设备",
    under: "巡查手机、监测站，每台一把密钥",
    add: "新增设备",
    nameHint: "例如“巡查手机 3 号”",
    kind: "设备类型",
    kindHint: "手机报送的记为巡查，监测站的记为监测仪",
    kinds,
  },
};
