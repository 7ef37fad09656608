/** Names that break at sense.
 *
 * Chinese has no spaces; the page sets `word-break: keep-all`, so that a line breaks only where
 * this module puts a break: between the words of the office lexicon, after 与, 及, 、 and before （.
 */

import { html } from "../shared/html.js";

const LEXICON = (
  "居民身份证 身份证 居住证 无犯罪 通行证 社会保障卡 残疾人证 残疾人 不动产 住房公积金 公积金 " +
  "基本养老保险 养老保险 社会保险 医保 社保费 增值税 非企业 个体工商户 纳税人 退役军人 老年人 " +
  "抵押权 存量房 许可证 优待证 保险金 慢特病 一次性 增减员 周岁以上 医学证明 生活保障 转移登记 " +
  "出生登记 参保登记 离退休 转退休 受遗赠 办不成事 消防安全 权益记录 普通护照 户口登记 户口簿 " +
  "国内 婚内 死亡 注销 户口 迁移 市内 移居 登记 项目 变更 更正 首次 申领 换领 补领 记录 证明 护照 " +
  "往来 港澳 签注 公章 刻制 备案 结婚 离婚 申请 最低 临时 救助 高龄 津贴 两项 补贴 民办 单位 成立 " +
  "参保 灵活 就业 人员 城乡 居民 企业 职工 待遇 退休 遗属 丧葬 补助 失业 困难 异地 长期 居住 门诊 " +
  "认定 住院 费用 零星 报销 生育 支付 在职 个人 账户 支取 身故 提取 购房 租房 自愿 缴存 开户 设立 " +
  "食品 经营 许可 新办 延续 套餐 信息 确认 发票 票种 核定 领用 代开 完税 纳税 开具 缴纳 交易 缴税 " +
  "继承 建筑 工程 施工 核发 公共 租赁 住房 资格 户外 招牌 设施 设置 场所 卫生 出生 签发 联办 护士 " +
  "执业 注册 报到 辅助 器具 适配 营业 安全 检查 告知 承诺 综合 咨询 办事 指南 出件 领取 证照 反映 " +
  "帮办 代办 一件事 新生儿 公民 身后 开办 餐饮店 经营者 负责人 法定 代表人 投资人 申请人 经办人 " +
  "申请书 协议书 授权书 声明书 营业执照 平面图 布局图 布置图 效果图 管理制度 合同 材料 照片 原件 " +
  "复印件 银行卡 批准 文件 章程 住所 家庭 经济 状况 核对 情况 说明 佐证 可核验 现场 采集 监护人 " +
  "今天 已经 取过 这个 事项 号码 号票 用完 没有 读到 打印 取号 咨询台 工作 身份 不能 过期 还有 " +
  "第一个字母 输错 次数 材料费用 还需要 时间吗 已经 未成年 关系 亲属 劳动 档案 系统 调取 登记费 通行 标准 工本费 当地 为准 首次 免费 税款 另计 保费"
).split(/\s+/);

const LONGEST = Math.max(...LEXICON.map((word) => word.length));
const WORDS = new Set(LEXICON);
const CLINGS_BACK = /^[与及和、，。；：）》」』％/的]/; // stays on the line of what stands before it
const OPENS = /[（《「『]$/;

/** Half-width brackets and commas of a catalogue as Chinese type sets them. */
export function fullWidth(text) {
  if (!/[㐀-鿿]/.test(text)) return text;
  return text
    .replace(/\s*\(/g, "（")
    .replace(/\)/g, "）")
    .replace(/(?<=[㐀-鿿）]),\s*/g, "，")
    .replace(/(?<=[㐀-鿿）]);\s*/g, "；");
}

/** Pieces of a name between which a line may break. Joined they are `fullWidth(name)`. */
export function pieces(name) {
  const text = fullWidth(name);
  const found = [];
  let rest = "";
  const flush = () => {
    if (rest) found.push(rest);
    rest = "";
  };
  for (let at = 0; at < text.length; ) {
    const word = wordAt(text, at);
    if (word) {
      flush();
      found.push(word);
      at += word.length;
    } else if (text[at] === "（") {
      flush();
      rest = text[at++];
    } else {
      rest += text[at++];
    }
  }
  flush();
  return glue(found);
}

function wordAt(text, at) {
  for (let length = Math.min(LONGEST, text.length - at); length > 1; length -= 1) {
    const word = text.slice(at, at + length);
    if (WORDS.has(word)) return word;
  }
  return "";
}

/** No piece starts with a mark that clings to what stands before it, none is a single sign. */
function glue(found) {
  const out = [];
  for (let piece of found) {
    const last = out.length - 1;
    while (last >= 0 && CLINGS_BACK.test(piece)) {
      out[last] += piece[0];
      piece = piece.slice(1);
    }
    if (!piece) continue;
    const single = (piece.length === 1 && !OPENS.test(piece)) || /^[\d.–-]+$/.test(out[last] ?? "");
    if (last >= 0 && (single || OPENS.test(out[last]))) out[last] += piece;
    else out.push(piece);
  }
  return out;
}

/** A name ready to draw, with a `<wbr>` at each sense break. */
export const sense = (name) =>
  pieces(name ?? "").map((piece, i) => (i ? html`<wbr />${piece}` : piece));

/** A headline whose `|` may break the line. */
export const lines = (text) => text.split("|").map((part, i) => (i ? html`<br />${part}` : part));
