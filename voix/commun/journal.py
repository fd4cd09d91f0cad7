"""Keep respondents' links, slips, walls and codes out of the logs: a link shows a draft."""

import logging
import re

_LIEN = re.compile(r"/([rkof]/|mur/|rejoindre/\?|carte/\?)[^\s\"']+")


class SansLiens(logging.Filter):
    """Writes « /r/… » in place of the address of a respondent's page."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _LIEN.search(message):
            record.msg, record.args = _LIEN.sub(r"/\1…", message), ()
        return True
