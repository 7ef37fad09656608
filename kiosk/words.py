"""What a person is told when something went wrong, and what they can do.  PURE."""

from __future__ import annotations

from kiosk.session.model import Code, Fault, Words

WORDS = {
    Code.CARD_UNREADABLE: Words(
        "没有读到证件",
        "The card could not be read",
        "请把身份证平放在感应区，等屏幕变化后再拿开。也可以输入身份证号码。",
        "Lay your ID card flat on the reader and wait for the screen to change. "
        "You can also type your ID number.",
    ),
    Code.CARD_INVALID: Words(
        "证件没有通过核验",
        "The card was not accepted",
        "请换一张证件，或到咨询台由工作人员为您取号。",
        "Use another document, or ask at the guide desk for a ticket.",
    ),
    Code.CARD_UNKNOWN: Words(
        "不能识别这种证件",
        "This kind of card is not known here",
        "请使用居民身份证、居住证或永久居留身份证。其他证件请到咨询台取号。",
        "Use a resident ID card, a residence permit or a permanent resident ID card. "
        "With another document, ask at the guide desk.",
    ),
    Code.CARD_UNSUPPORTED: Words(
        "这台读卡器不能读这种卡",
        "This reader cannot read this card",
        "身份证请放在身份证感应区，社会保障卡请插入或贴近读卡器。也可以输入身份证号码。",
        "Lay an ID card on the ID card reader, or use a social security card here. "
        "You can also type your ID number.",
    ),
    Code.CARD_PROTECTED: Words(
        "这张卡不允许读取信息",
        "This card does not give its data",
        "请使用身份证，或输入身份证号码。本机不会要求您输入卡的密码。",
        "Use your ID card or type your ID number. This machine never asks for a card's PIN.",
    ),
    Code.CARD_PULLED_OUT: Words(
        "卡片拿开得太早",
        "The card was taken away too early",
        "请重新放卡，等屏幕变化后再拿开。也可以输入身份证号码。",
        "Put the card back and wait for the screen to change. You can also type your ID number.",
    ),
    Code.CARD_MUTE: Words(
        "卡片没有反应",
        "The card does not respond",
        "请取出卡片，芯片朝上、朝里重新插入。仍读不到请使用身份证，或输入身份证号码。",
        "Take the card out and put it in again, chip up and first. "
        "If it still fails, use your ID card or type your ID number.",
    ),
    Code.PAPER_OUT: Words(
        "打印纸用完了",
        "Out of paper",
        "请到旁边的取号机，或到咨询台取号。",
        "Use another machine, or ask at the guide desk.",
    ),
    Code.PRINTER_COVER: Words(
        "打印机上盖没有合上",
        "The printer cover is open",
        "请到旁边的取号机，或到咨询台取号。",
        "Use another machine, or ask at the guide desk.",
    ),
    Code.PRINTER_CUTTER: Words(
        "打印机卡纸了",
        "Paper is jammed",
        "请到旁边的取号机，或到咨询台取号。",
        "Use another machine, or ask at the guide desk.",
    ),
    Code.PRINTER_OFFLINE: Words(
        "打印机暂时不能用",
        "The printer is not available",
        "请到旁边的取号机，或到咨询台取号。",
        "Use another machine, or ask at the guide desk.",
    ),
    Code.PRINTER_SILENT: Words(
        "号票可能没有打印出来",
        "Your ticket may not have been printed",
        "您的号码有效，请记住它。可以再打印一次，也可以请工作人员帮忙。",
        "Your number is valid: please remember it. You can print it again or ask staff.",
    ),
    Code.OFFLINE: Words(
        "暂时不能取号",
        "No tickets at the moment",
        "这台机器与大厅的连接中断了。请到咨询台取号。",
        "This machine has lost its connection. Please ask at the guide desk.",
    ),
    Code.REFUSED: Words(
        "不能取号",
        "No ticket",
        "请到咨询台询问。",
        "Please ask at the guide desk.",
    ),
}


_PAD_HELPS = (
    Code.CARD_UNREADABLE,
    Code.CARD_UNSUPPORTED,
    Code.CARD_PROTECTED,
    Code.CARD_PULLED_OUT,
    Code.CARD_MUTE,
)
"""A resident who typed the number would be served."""


def words_of(fault: Fault) -> Words:
    """The controller's own words if it gave some, else ours."""
    return fault.words or WORDS[fault.code]


def actions_of(fault: Fault, has_ticket: bool, may_reprint: bool) -> list[str]:
    """The buttons under an error, the first one largest."""
    if fault.standing:
        return ["staff"]
    if has_ticket:
        return (["reprint"] if may_reprint else []) + ["staff", "home"]
    if fault.code in _PAD_HELPS:
        return ["retry", "pad", "staff", "home"]
    return ["retry", "staff", "home"]
