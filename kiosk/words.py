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
    Code.HELD_ALREADY: Words(
        "您已经取过号",
        "You have a ticket already",
        "同一业务不必重复取号。号票丢了，可以再打印一次。",
        "One ticket is enough for this. If you have lost it, it can be printed again.",
    ),
    Code.REFUSED: Words(
        "不能取号",
        "No ticket",
        "请到咨询台询问。",
        "Please ask at the guide desk.",
    ),
    Code.CODE_FOREIGN: Words(
        "这个码在这里不能用",
        "This code is not used here",
        "请扫号票上的二维码，或预约码。也可以刷身份证。",
        "Scan the code on your ticket or of your appointment, or use your ID card.",
    ),
    Code.CODE_UNKNOWN: Words(
        "没有查到这个号",
        "Nothing found",
        "请看清号票上的号码或短码，再试一次。也可以刷身份证查。",
        "Please check the number or code on your ticket and try again, or use your ID card.",
    ),
    Code.CODE_LOCKED: Words(
        "输错次数太多",
        "Too many wrong codes",
        "请刷身份证查，或到咨询台。过一会儿才能再输短码。",
        "Use your ID card, or ask at the guide desk. Codes can be typed again later.",
    ),
    Code.NO_ANSWER: Words(
        "暂时查不到",
        "No answer at the moment",
        "这台机器与大厅的连接不通。请再试一次，或到咨询台查。",
        "This machine has no connection. Please try again, or ask at the guide desk.",
    ),
    Code.NO_NUMBER: Words(
        "您今天没有号",
        "You have no ticket today",
        "没有查到用这张证件取的号。要办事请现在取号。",
        "No ticket was taken with this card. You can take one now.",
    ),
    Code.NO_BOOKING: Words(
        "没有查到您的预约",
        "No appointment found",
        "请用预约时的身份证，或核对预约码。没有预约也可以现在取号。",
        "Use the ID card you booked with, or check the code. "
        "You can also take a ticket without an appointment.",
    ),
}


def words_of(fault: Fault) -> Words:
    """The controller's own words if it gave some, else ours."""
    return fault.words or WORDS[fault.code]
