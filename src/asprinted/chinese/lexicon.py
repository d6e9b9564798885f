"""The words around a numeral: units with what they measure, names of what is counted, hedges, scripts.

All of it is tables, one line a gloss. A gloss is for a reader's eye; what code compares is the *dimension*.
What exactly is counted is not the lexicon's to know: 件 is a "case" in a court and at a post office alike.
"""

import re
from collections.abc import Sequence

from asprinted.exact.printed import Dimension, Hedge, Unit

__all__ = [
    "BEGIN_WORDS",
    "HEDGES",
    "NOUNS",
    "PAIRED",
    "PER",
    "UNITS",
    "blanks",
    "fold",
    "without",
]


_MEASURES: dict[Dimension, dict[str, str]] = {
    Dimension.COUNT: {
        "case": "件 起 宗 桩 例",
        "person": "人 名 位 口 对",
        "person-time": "人次 人份 乘次",
        "item": "个 项 条 款",
        "household": "户 人家",
        "household-time": "户次 家次",
        "organisation": "家",
        "institution": "所",
        "place": "处",
        "kind": "种 类 大类",
        "event": "场 场次",
        "occasion": "次 遍 回",
        "case-time": "件次 案次 例次 项次",
        "batch": "批 批次",
        "session": "届",
        "round": "轮 轮次",
        "issue": "期 期次",
        "aspect": "方面",
        "stage": "阶段",
        "copy": "份 本",
        "letter": "封",
        "article": "篇",
        "work": "部 首 集",
        "volume": "册 卷",
        "sheet": "张 幅 面",
        "page": "页",
        "character": "字",
        "word": "句",
        "set": "套 副 双",
        "group": "组 群 列 伙 拨",
        "team": "支 队",
        "machine": "台 台套 台次",
        "vehicle": "辆 标台",
        "vehicle-time": "辆次 车次 列次",
        "aircraft": "架",
        "flight": "架次 班次 航次",
        "ship": "艘",
        "ship-time": "艘次",
        "trip": "趟",
        "container": "标箱 标准箱 TEU",
        "channel": "路",
        "building": "栋 幢 座",
        "room": "间",
        "storey": "层",
        "bed": "床",
        "well": "眼",
        "plot": "宗地",
        "grade": "级 档",
        "number": "号",
        "vote": "票",
        "seat": "席",
        "goal": "球",
        "point": "分",
        "credit": "学分",
        "transaction": "笔 单",
        "lesson": "课时 学时 节 堂",
        "class": "班",
        "subject": "门 科",
        "dose": "剂 剂次 针 针次",
        "head": "头",
        "animal": "只 匹 尾 羽",
        "birth": "胎",
        "plant": "株",
        "tree": "棵",
        "piece": "块 片 枚 枝 颗 粒 根 把 盏 顶 杆 道 段 朵 束 串",
        "pack": "箱 包 袋 瓶 桶 盒 罐 筐 捆",
        "meal": "餐 桌",
        "dish": "盘 碗 杯",
        "row": "排",
        "shot": "发",
        "span of a bridge": "孔 跨",
        "bit": "比特",
        "pixel": "像素",
        "share": "股",
        "byte": "字节 KB MB GB TB PB",
        "person-year": "人年",
        "person-day": "人天 人日 床日 工日",
    },
    Dimension.SHARE: {"share": "% ‰"},
    Dimension.POINTS: {"percentage point": "百分点 个百分点"},
    Dimension.INDEX: {"basis point": "基点 个基点 BP", "index point": "点", "decibel": "分贝 dB"},
    Dimension.TIMES: {"times": "倍"},
    Dimension.MONEY: {
        "CNY": "元 圆 块钱 元人民币",
        "jiao": "角",
        "USD": "美元 美金",
        "EUR": "欧元",
        "HKD": "港元 港币",
        "JPY": "日元",
        "GBP": "英镑",
        "KRW": "韩元",
        "RUB": "卢布",
        "AUD": "澳元 澳大利亚元",
        "CAD": "加元 加拿大元",
        "SGD": "新加坡元 新元",
        "CHF": "瑞士法郎",
        "TWD": "新台币",
        "MOP": "澳门元",
        "THB": "泰铢",
        "INR": "卢比 印度卢比",
        "VND": "越南盾",
    },
    Dimension.DURATION: {
        "century": "世纪 个世纪",
        "year": "年 年度 周年 个年头",
        "school year": "学年 个学年",
        "term": "学期 个学期",
        "quarter": "季度 个季度",
        "month": "月 个月 月份",
        "week": "周 星期 个星期",
        "day": "日 天",
        "working day": "工作日 个工作日",
        "hour": "小时 个小时 时 钟头 个钟头",
        "quarter of an hour": "刻钟",
        "minute": "分钟",
        "second": "秒 秒钟",
        "millisecond": "毫秒",
        "microsecond": "微秒",
        "nanosecond": "纳秒",
    },
    Dimension.AGE: {"year of age": "岁 周岁", "month of age": "月龄 个月龄"},
    Dimension.LENGTH: {
        "metre": "米 延米 m",
        "kilometre": "公里 千米 km",
        "centimetre": "厘米 cm",
        "millimetre": "毫米 mm",
        "micrometre": "微米 μm",
        "nanometre": "纳米 nm",
        "li": "里 华里",
        "nautical mile": "海里",
        "mile": "英里",
        "inch": "英寸 寸",
        "foot": "英尺",
        "light year": "光年",
    },
    Dimension.AREA: {
        "square metre": "平方米 平米 ㎡ m²",
        "square kilometre": "平方公里 平方千米 km²",
        "square centimetre": "平方厘米",
        "mu": "亩",
        "hectare": "公顷",
    },
    Dimension.VOLUME: {
        "cubic metre": "立方米 m³",
        "litre": "升 L",
        "millilitre": "毫升 ml mL",
    },
    Dimension.WEIGHT: {
        "tonne": "吨 t",
        "kilogram": "公斤 千克 kg",
        "jin": "斤",
        "gram": "克 g",
        "milligram": "毫克 mg",
        "microgram": "微克 μg",
        "carat": "克拉",
        "ounce": "盎司",
        "tonne of standard coal": "吨标准煤 吨标煤",
        "tonne of carbon dioxide": "吨二氧化碳当量",
    },
    Dimension.POWER: {
        "watt": "瓦",
        "kilowatt": "千瓦 kW",
        "megawatt": "兆瓦 MW",
        "gigawatt": "吉瓦 GW",
        "kilovolt": "千伏 kV",
        "volt": "伏",
        "kilovolt-ampere": "千伏安",
        "horsepower": "马力",
        "hertz": "赫兹 Hz",
        "megahertz": "兆赫 MHz",
        "gigahertz": "吉赫 GHz",
        "milliampere-hour": "毫安时 mAh",
        "megabit": "兆 兆比特 Mbps",
    },
    Dimension.ENERGY: {
        "watt-hour": "瓦时",
        "kilowatt-hour": "千瓦时 kWh",
        "kilocalorie": "千卡 大卡",
        "joule": "焦耳",
    },
    Dimension.DEGREE: {"degree": "度", "degree Celsius": "摄氏度 ℃ °C"},
    Dimension.PRESSURE: {
        "pascal": "帕",
        "hectopascal": "百帕",
        "kilopascal": "千帕",
        "megapascal": "兆帕 MPa",
    },
    Dimension.QUOTIENT: {
        "kilometre per hour": "km/h",
        "metre per second": "m/s",
        "milligram per litre": "mg/L mg/l",
    },
    Dimension.TRANSPORT: {"tonne-kilometre": "吨公里", "passenger-kilometre": "人公里"},
}
_WORDS = """
时:间期代候刻长效段常而有隔限速 日:本常报益夜 月:饼亮球嫂子票台租薪 天:然津猫府 周:边围转密 里:面程头
分:之别局公类管散析工行院布批级红享歧化支流辨部摊头店配拆解属赴组段档区层 号:召称码角子 位:于置
口:岸径头碑罩腔供服述语味 名:称誉额义气 条:例约件款码幅令 家:庭畜禽 部:门分署队委级落位件属曲
度:假量过汛冬夏 台:湾账阶州胞词 组:织稿阁 队:伍员友 起:草步点码薪始价伏义底航吊付到 类:型似 场:所景馆
层:面级 段:落位 路:段面口径由线灯况基桥费程边 期:间限待货末刊望盼权房 份:额子
面:积向对临粉条议试貌授包料部前上目值世谈 门:诊槛店户票市口类卫窗头禁急 只:有要是能需占用剩会为
头:部盔疼条号衔像脑目 片:区面长 块:状头 根:据本治源除基植系 把:握控关好手脉牢守 道:路德歉口具闸岔床士
节:约目点假奏俭 班:级子组长车列主干线员机费 桌:面椅子游 盘:活点查问中整踞子旋 箱:体变梁
包:括含装裹容围抓联片保干揽销子虫机厢车租案 瓶:颈装盖 桶:装边 罐:头车体装 袋:装子鼠 盒:饭子装马 捆:绑扎
笔:记者录试迹名画误直触墨 首:次个批位先都届例席府家问办领要月日年
集:中体团合成聚约市镇装资结群美邮训贸束萃宁会 句:子号 幅:度员 套:路餐期牌
副:市省厅处科局主书院校总教县区部乡镇团本业食产作刊职高研班检庭长秘会理 群:众体团岛聊防策里主组英租力像
列:入为举席车支明表强队第 匹:配敌 尾:气矿水款随号部货盘 羽:毛绒翼 胎:儿记心压 针:对灸织管头剂 剂:量型 颗:粒
粒:子度径籽 枚:举 床:位上单铺旁榻板垫 眼:前光睛下镜科部底界泪中看里
顶:层替尖级岗住点格端峰着部流托棚风罪包名板梁 杆:塔件状线 克:服隆制难扣己里
升:级高温幅值学旗任降格华入空为压腾职迁仓 斤:两 吨:位级 瓦:斯房解楞片工当 伏:击法案天地尔罪诛笔
米:粉饭粮兰酒勒厘制字 亩:均 帕:斯金 兆:头 秒:级杀表针 元:旦首件素老宵宇凶气勋器谋朝
圆:满桌形通梦周心明点圈润珠滑 角:度色落逐斗球钢膜质力门 岁:月末初暮 倍:率感加受 票:据房价面务选仓证源箱根
字:样体号符典幅段画库母节眼面里 页:面岩码脚 册:子
本:市省级区院县镇村国土地月季报案质身来科法次轮届章周期文着校部队单领能色币金利溪钢息
卷:入宗款烟积起土闸面轴走帘曲发 款:项式待额物 餐:饮厅具馆车费补盒厨前后 科:技学研室目员长普级创考幻举
碗:筷口 杯:子赛具 回:答复应收访归家头升落报馆避顾暖绕 发:展布现生放行表出挥起送给改动明票言电
排:查名列放水除污序队头班 档:案次 遍:及布地 伙:伴食 拨:付打款 孔:子雀庙 跨:越境省部界区域
单:位元独一纯价边打兵 球:员队迷场门衣鞋星面形体类 朵:颐 束:缚手
"""
_PAIRED = {
    "对": "夫妻 夫妇 新人 双胞 情侣 母子 父子 母女 父女 伴侣 旅客 动车 列车 服务区",
    "双": "鞋 手 筷 袜",
    "堂": "课 讲 公开 党课 宣",
}
_COUNTED = {
    "subdistrict": "街道",
    "community": "社区",
    "housing estate": "小区",
    "grid cell": "网格",
    "village": "村",
    "town": "镇",
    "township": "乡 乡镇",
    "county": "县",
    "district": "区",
    "city": "市",
    "province": "省",
    "country": "国家",
    "family": "家庭",
    "firm": "企业",
    "institution": "单位",
    "department": "部门",
    "organisation": "组织",
    "committee": "委员会",
    "party organisation": "党组织",
    "case": "案件",
    "dispute": "纠纷",
    "court": "法院",
    "procuratorate": "检察院",
    "police station": "派出所",
    "judge": "法官",
    "procurator": "检察官",
    "mediator": "调解员",
    "police officer": "民警",
    "tier": "层级",
    "aspect": "方面",
    "link": "环节",
    "stage": "阶段",
    "problem": "问题",
    "project": "项目",
    "task": "任务",
    "measure": "措施",
    "post": "岗位",
    "platform": "平台",
    "centre": "中心",
    "camera": "探头",
}
_HEDGED = {
    Hedge.MORE: "余 多 几",
    Hedge.NEAR: "近 将近",
    Hedge.OVER: "超 超过 逾 过",
    Hedge.LEAST: "以上 及以上 至少 不少于 不低于",
    Hedge.MOST: "以下 及以下 以内 不超过 不得超过",
    Hedge.LESS: "不足 不到 不满",
    Hedge.ABOUT: "约 大约 左右 上下",
}

UNITS = {
    word: Unit(gloss, dimension)
    for dimension, glosses in _MEASURES.items()
    for gloss, words in glosses.items()
    for word in words.split()
}
"""Units and measure words, in simplified characters."""

NOUNS = {word: Unit(gloss, Dimension.COUNT) for gloss, words in _COUNTED.items() for word in words.split()}
"""Names of what is counted that may follow a measure word in a token: 个街道, 名法官."""

BEGIN_WORDS = {unit: follower for unit, _, follower in (each.partition(":") for each in _WORDS.split())}
"""Units of one character, and characters that make another word with them: 分局, 台账, 批准."""

PAIRED = {unit: words.split() for unit, words in _PAIRED.items()}
"""Units of one character that are units before these words alone: 3对夫妻, but 3对其…"""

PER = """
人 人次 户 件 次 个 家 例 亩 公顷 平方米 平方公里 立方米 吨 公斤 千克 斤 克 升 毫升 公里 千米 米 年 月 季度
日 天 周 小时 时 分钟 分 秒 千瓦时 度 台 辆 套 张 床 栋 间 层 班 趟 份 只 头 株 枚 场 篇 票 股 桶 箱 盎司
m² m³ km² kg t L g
""".split()
"""What a unit may be per: 元/吨, 微克/立方米."""

HEDGES = {word: hedge for hedge, words in _HEDGED.items() for word in words.split()}
"""The hedges, in simplified characters, by what they declare."""

_SIMPLER = (
    "萬万億亿兩两餘余約约過过幾几連连續续數数點点個个內内將将滿满於于圓圆貳贰參叁陸陆條条戶户項项輛辆畝亩歲岁"
    "場场臺台張张組组隊队層层級级號号類类種种頭头隻只處处間间時时週周噸吨頃顷歐欧鎊镑樁桩棟栋冊册頁页屆届輪轮"
    "鐘钟紀纪鄉乡鎮镇縣县區区國国業业單单門门織织員员會会黨党糾纠紛纷檢检調调環环節节階阶問问題题務务崗岗網网"
    "顆颗針针劑剂盞盏雙双對对筆笔盤盘線线標标學学課课韓韩盧卢攝摄貝贝議议際际醫医術术證证館馆記记監监獄狱為为"
    "歷历縮缩壓压長长義义團团導导動动計计規规報报訴诉傷伤獲获總总東东關关灣湾廠厂鄰邻龍龙廈厦許许來来電电話话"
    "熱热郵邮編编審审樓楼後后進进統统風风專专險险勝胜戰战劃划產产責责書书師师獎奖車车飛飞機机"
)
_FULL_WIDTH = "０0１1２2３3４4５5６6７7８8９9％%．.－-～~〜~"
_FOLD = {ord(a): b for pairs in (_SIMPLER, _FULL_WIDTH) for a, b in zip(pairs[::2], pairs[1::2], strict=True)}
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９])")


_GAPS = frozenset(" \u00a0\u2009")
_BLANK = re.compile(
    "(?<=[一-鿿])(?<![〇零一二两兩三四五六七八九十百千万萬亿億])[ \u00a0\u2009](?=[0-9０-９])"
    "|(?<=[0-9０-９%％‰])[ \u00a0\u2009](?=[一-鿿])(?![ \u00a0\u2009][〇零一二两兩三四五六七八九十])"
)


def blanks(text: str) -> list[int]:
    """Return where single blanks set digits off from Chinese characters, as many editors do.

    >>> blanks("受理 785 件")
    [2, 6]
    """
    return [] if _GAPS.isdisjoint(text) else [found.start() for found in _BLANK.finditer(text)]


def without(text: str, places: Sequence[int]) -> str:
    """Return a text without the characters at some places, which rise.

    >>> without("受理 785 件", [2, 6])
    '受理785件'
    """
    starts = (0, *(place + 1 for place in places))
    return "".join(text[start:end] for start, end in zip(starts, (*places, len(text)), strict=True))


def fold(text: str) -> str:
    """Write traditional and full-width characters as simplified and ASCII ones, one for one.

    A full-width comma counts as a separator of thousands only between full-width digits: elsewhere it is the
    comma of a sentence.

    >>> fold("1.73萬餘件，達９８．３５％")
    '1.73万余件，達98.35%'
    """
    return _WIDE_COMMA.sub(",", text).translate(_FOLD) if not text.isascii() else text
