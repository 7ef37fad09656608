"""The words in which a call screen says how its page is, as `display.watch.page` chooses them.

A test holds them together.
"""

from __future__ import annotations

from controller.views.condition_words import Level, Meaning, both

DISPLAY = {
    "ok": Meaning(Level.OK, both("正常", "In order"), both("正常", "In order.")),
    "fresh": Meaning(
        Level.OK,
        both("正常", "In order"),
        both("画面正常，跟得上叫号。", "The page follows the calls."),
    ),
    "starting": Meaning(
        Level.WARN,
        both("正在打开", "Opening"),
        both("浏览器正在打开画面，请稍候。", "The browser is opening the page; wait a moment."),
    ),
    "stale": Meaning(
        Level.WARN,
        both("画面没有更新", "Not up to date"),
        both(
            "屏幕亮着，但画面收不到叫号，它自己会一直重连。请检查网线；以语音和人工叫号为准。",
            "The screen is lit, but its page hears no calls; it keeps dialling. Check the network "
            "cable; go by the voice and by staff.",
        ),
    ),
    "hung": Meaning(
        Level.BAD,
        both("画面停住", "The picture stands still"),
        both(
            "画面停住了，屏幕正在自动重新打开浏览器。一分钟后仍不恢复，请断电重启屏幕主机。",
            "The picture stands still; the screen is restarting its browser. If it is not back in "
            "a minute, switch the screen's computer off and on.",
        ),
    ),
    "gone": Meaning(
        Level.BAD,
        both("没有画面", "No picture"),
        both(
            "没有浏览器打开画面，屏幕会自动再试。请看屏幕是否亮着；不亮请检查电源和视频线。",
            "No browser shows the page; the screen keeps trying. See whether it is lit; if not, "
            "check its power and video cables.",
        ),
    ),
}
