"""Sets of HTML element names."""


def named(names: str) -> frozenset[str]:
    """Make a set of names with blanks between them."""
    return frozenset(names.split())


ALLOWED = named(
    "a abbr address article aside b bdi bdo big blockquote body br caption center cite code data dd del details dfn "
    "div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr html i ins kbd label "
    "legend li main mark menu nav nobr noscript ol output p pre q rp rt ruby s samp section small span strike strong "
    "sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
"""What the allow list lets through to the walk."""

HIDDEN = named(
    "applet area audio button canvas datalist dialog embed head iframe input map math noframes object picture script "
    "select source style svg template textarea title track video"
)
"""What is no text of a page, with all that it holds."""

WITHOUT_TEXT = named(
    "audio canvas embed iframe math noframes object script select style svg template textarea title video"
)
"""What the allow list removes with its content; other unknown elements leave their text."""

INLINE = named(
    "a abbr acronym bdi bdo big data font img ins label mark meter nobr noscript output progress q rp rt ruby small "
    "span time u wbr"
)
"""What neither begins nor ends a paragraph, beside the elements that set a style."""

FLAT = named(
    "area base body br col colgroup dd dt embed head hr html img input li link meta optgroup option p param rp rt "
    "source tbody td tfoot th thead tr track wbr"
)
"""Elements without content, and those that the next one of their kind ends: they do not nest by themselves."""

BOXES = named(
    "address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header main "
    "menu nav ol pre section table ul"
)
"""What stands on lines of its own."""

IN_MARKDOWN = ALLOWED | HIDDEN | named("img font source")
"""What Markdown may hold as HTML; other names between angle brackets are text."""
