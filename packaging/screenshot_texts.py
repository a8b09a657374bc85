"""What pictures are taken of beside the sample article: our own words, the Universal Declaration of Human Rights."""

BOOK = """# The Margin and the Page

## 1. What a margin is for

A margin is where a reader answers. The first printed books left it wide on purpose: whoever owned one was expected to
write in it, and the next owner expected to find something there.[^1]

> A book is a garden carried in the pocket; its margins are the paths.

### What readers did with it

1. They corrected the printer, in ink.
2. They drew a hand with a long finger, the *manicule*, beside what mattered.
3. They argued:
   - with the author, briefly;
   - with earlier readers, at length.

| Century | Width of the margin | Notes to a page |
|---------|--------------------:|----------------:|
| 15th    |               62 mm |              11 |
| 16th    |               48 mm |               7 |
| 18th    |               31 mm |               2 |
| 20th    |               14 mm |               0 |

## 2. How the margin was lost

Paper was dear and type grew small. By 1900 a margin held a thumb and nothing else. In London, Leipzig and Paris the
same trade made the same choice within a few years of each other.

## 3. How it comes back

On a screen the margin costs nothing. It can be as wide as an answer needs, and it can be searched.

[^1]: Of the copies that survive, about two in three have notes by more than one hand.
"""

ARABIC = """# الإعلان العالمي لحقوق الإنسان

## المادة 1

يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلًا وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.

## المادة 2

لكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان (UDHR, 1948)، دون أي تمييز، كالتمييز بسبب العنصر
أو اللون أو الجنس أو اللغة أو الدين أو الرأي السياسي أو أي رأي آخر.

- الأصل الوطني أو الاجتماعي
- الثروة أو الميلاد
"""

CHINESE = """# 世界人权宣言

## 第一条

人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。

## 第二条

人人有资格享有本宣言所载的一切权利和自由，不分种族、肤色、性别、语言、宗教、政治或其他见解、国籍或社会出身、财产、
出生或其他身份等任何区别。

> 并且不得因一人所属的国家或领土的政治的、行政的或者国际的地位之不同而有所区别。
"""
