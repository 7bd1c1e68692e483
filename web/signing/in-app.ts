// Browsers inside other apps lose their storage and seldom have passkeys; their names are in what they say they are.
const APPS = {
  wechat: /MicroMessenger/i,
  dingtalk: /DingTalk/i,
  alipay: /AlipayClient/i,
  weibo: /Weibo/i,
  // QQ itself; MQQBrowser and QQBrowser are browsers of their own.
  qq: /(?:^|\s)QQ\//,
} as const;

export type InApp = keyof typeof APPS;

/** The app inside which this page is open; undefined in a browser. */
export function findInApp(userAgent = navigator.userAgent): InApp | undefined {
  return (Object.keys(APPS) as InApp[]).find((app) => APPS[app].test(userAgent));
}
