"""Keep respondents' links and the codes of séances out of the logs: a link shows a draft."""

import logging
import re

_LIEN = re.compile(r"/(r/|rejoindre/\?)[^\s\"']+")


class SansLiens(logging.Filter):
    """Writes « /r/… » in place of the address of a respondent's page."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/r/" in message or "/rejoindre/?" in message:
            record.msg, record.args = _LIEN.sub(r"/\1…", message), ()
        return True
