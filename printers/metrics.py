"""How wide text is, and where a line may break. Pure: the advances below are a table, no font
is opened. The raster places every glyph by the same table, so what is measured here is exactly
what is printed.

Advances: Noto Sans CJK SC Bold, 1/1000 em, U+0020 to U+007E; Chinese glyphs are one em.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

# fmt: off
_ASCII = (
    227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590,
    590, 590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714, 615,
    585, 717, 757, 330, 568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748, 619, 915, 627,
    580, 613, 378, 387, 378, 590, 567, 626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306, 604,
    315, 964, 641, 626, 644, 644, 436, 495, 421, 637, 576, 863, 562, 574, 511, 378, 296, 378, 590,
)
# fmt: on
_OTHER = {"–": 544}

_NO_START = set("。，、；：？！）》」』】〉”’…·,.;:?!)]}%％—–")
_NO_END = set("（《「『【〈“‘([{")
_BREAK_AFTER = set("。，、；：？！）》」』】〉”·/")

# Words that a line break should not cut: those of the ticket itself, and those that return in
# names of service items. A missing word only costs beauty.
_WORDS = (
    "咨询台 取号 过号 报到 重新 分钟 之后 姓名 身份证 号码 当日 评价码 有效 进度 叫号屏 取号机 "
    "登记 申领 申请 办理 补领 换领 变更 注销 备案 许可 审批 证明 查询 缴费 转移 接续 参保 退休 "
    "社会保障卡 社会保障 社会保险 养老保险 医疗保险 生育保险 工伤保险 失业保险 居民 城乡 职工 "
    "城镇 基本 公积金 不动产 营业执照 户口 出生 医学 结婚 离婚 企业 个体 工商户 经营 食品 卫生 "
    "公共场所 建设 工程 施工 道路 运输 机动车 驾驶证 护照 港澳 通行证 居住证 残疾人 老年人 新生儿 "
    "一件事 一次 待遇 补贴 资格 认证 信息 关系 人员 灵活 就业 自由职业 联系方式 异地 就医 结算 "
    "二手房 抵押 合同 网签 税务 发票 契税 核定"
)
_WHOLE = tuple(_WORDS.split())

_CUT_WORD, _CUT_CHINESE, _CUT_MEASURE, _CUT_LATIN = 700.0, 250.0, 500.0, 1_000_000.0
_PER_LINE, _RAGGED = 100_000.0, 2_000.0


def advance(char: str) -> float:
    """Width of one character in em. Anything outside the table counts as a full em."""
    code = ord(char)
    if 0x20 <= code <= 0x7E:
        return _ASCII[code - 0x20] / 1000
    return _OTHER.get(char, 1000) / 1000


def width(text: str, size: float, tracking: float = 0.0) -> float:
    """Width of `text` in dots at `size` dots per em; `tracking` is extra em after each glyph."""
    return sum(advance(char) + tracking for char in text) * size


@lru_cache(maxsize=512)
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break `text` into the fewest lines no wider than `room` dots, at sense and evenly.

    Never breaks before closing or after opening punctuation, nor inside a Latin word or number
    that fits a line; prefers punctuation and spaces; avoids cutting known words.
    """
    if room < size:
        raise ValueError(f"no room: {room} dots for text of {size} dots per em")
    # best[end] = (cost of breaking text[:end] well, where its last line starts)
    reached = list(accumulate((advance(char) * size for char in text), initial=0.0))
    inside = _inside_words(text)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        here = _penalty(text, end, inside)
        best.append(min(_candidates(text, end, best, reached, room, here)))
    return _lines(text, best)


def _candidates(
    text: str,
    end: int,
    best: Sequence[tuple[float, int]],
    reached: Sequence[float],
    room: float,
    penalty: float,
) -> Iterator[tuple[float, int]]:
    """Cost of every line that could end at `end`, with the place where it would start."""
    last = len(text[:end].rstrip())
    first = end
    for start in range(end - 1, -1, -1):
        first = first if text[start].isspace() else start
        used = max(0.0, reached[last] - reached[first])
        if used > room:
            return
        ragged = _RAGGED * ((room - used) / room) ** 2
        yield best[start][0] + _PER_LINE + ragged + penalty, start


def _lines(text: str, best: Sequence[tuple[float, int]]) -> tuple[str, ...]:
    lines: list[str] = []
    end = len(text)
    while end > 0:
        start = best[end][1]
        lines.append(text[start:end].strip())
        end = start
    return tuple(line for line in reversed(lines) if line)


def _penalty(text: str, at: int, inside: frozenset[int]) -> float:
    """What it costs to break `text` before index `at`."""
    if at in (0, len(text)):
        return 0.0
    before, after = text[at - 1], text[at]
    if after in _NO_START or before in _NO_END or (_latin(before) and _latin(after)):
        return _CUT_LATIN
    if " " in (before, after):
        return _beside_space(text, at)
    if before in _BREAK_AFTER or after in _NO_END:
        return 0.0
    return _CUT_WORD if at in inside else _CUT_CHINESE


def _beside_space(text: str, at: int) -> float:
    """A number keeps its measure word: "60 秒" is not broken at the space."""
    left, right = text[:at].rstrip(), text[at:].lstrip()
    if left and right and left[-1].isdigit() and not _latin(right[0]):
        return _CUT_MEASURE
    return 0.0


def _latin(char: str) -> bool:
    return char.isascii() and char not in " /("


def _inside_words(text: str) -> frozenset[int]:
    """The places where a break would cut a known word."""
    cuts: set[int] = set()
    for word in _WHOLE:
        start = text.find(word)
        while start >= 0:
            cuts.update(range(start + 1, start + len(word)))
            start = text.find(word, start + 1)
    return frozenset(cuts)
