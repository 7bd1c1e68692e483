/** What the screens say about signing keys: passkeys, keys of a device, wallets. */
export const keys = {
  passkeyName: (community: string) => `${community} 业主`,
  ways: {
    passkey: "用通行密钥登记（推荐）",
    device: "用这台设备登记",
    wallet: "用钱包登记",
  },
  wayHints: {
    passkey:
      "用手机的指纹、面容或锁屏密码保护。手机会询问两次：一次生成，一次确认。换手机时多数会跟着账号走。",
    device: "钥匙只存在这个浏览器里，不能导出。清除浏览器数据会失去它，到时凭证件重新登记即可。",
    wallet: "适合已经在用以太坊钱包的业主。",
  },
  takeUp: {
    title: "我已经登记过通行密钥",
    hint: "换了浏览器，或清除过数据？通行密钥还在手机或账号里，不用重新登记。",
    button: "使用已有的通行密钥",
  },
  signIn: {
    title: "请确认是您本人",
    hint: "为了显示您的房屋和票号，请用登记过的钥匙登录一次。",
    buttons: {
      passkey: "用通行密钥登录",
      device: "用这台设备登录",
      wallet: "用钱包登录",
    },
  },
  unknown: [
    "这台设备的钥匙不在名册里",
    "可能尚未确认、已被撤销，或登记没有成功。请向业委会或居委会索取新的邀请码，在下面重新登记。",
  ],
  number: "钥匙核对号",
  numberHint: "在窗口办理时，工作人员会请您念出这个号码，与他们看到的核对。",
  lost: {
    title: "钥匙丢了、换了手机",
    steps: [
      "带证件到居委会或业委会窗口，说明钥匙丢失。",
      "工作人员撤销旧钥匙（须两人签名，链上可查），并给您新的邀请码。",
      "在下面输入新的邀请码，生成新钥匙。旧钥匙投出的票按规则处理，新钥匙可以重新投。",
    ],
  },
  history: {
    title: "我的钥匙记录",
    hint: "谁在什么时候确认或撤销过您的钥匙，都列在这里，也记在链上。发现不认识的钥匙，请立即联系居委会。",
    states: { waiting: "等候确认", bound: "有效", revoked: "已撤销" },
    enrolled: "提交",
    carried: "沿用自上一份名册",
    bound: "写入名册",
    revoked: "撤销",
    reason: "理由",
    here: "（这台设备）",
    by: (names: string) => `（${names} 签名）`,
    and: "、",
  },
  inApp: {
    title: (app: string) => `您正在${app}里打开本页`,
    why: "在这里生成的钥匙可能被应用清除，也往往不能使用通行密钥。建议改用手机自带的浏览器：",
    names: { wechat: "微信", dingtalk: "钉钉", alipay: "支付宝", weibo: "微博", qq: "QQ" },
    steps: {
      wechat: ["点右上角的“…”。", "选“在默认浏览器打开”（苹果手机选“在 Safari 中打开”）。"],
      dingtalk: ["点右上角的“…”。", "选“在浏览器打开”。"],
      alipay: ["点右上角的“…”。", "选“在浏览器打开”；没有这一项时，复制下面的地址到浏览器。"],
      weibo: ["点右上角的“…”。", "选“浏览器打开”。"],
      qq: ["点右上角的“…”或菜单。", "选“用浏览器打开”。"],
    },
    copy: "复制本页地址",
    copied: "已复制，请粘贴到浏览器的地址栏",
    goOn: "也可以在这里继续：登记后请尽快投票。",
  },
};
