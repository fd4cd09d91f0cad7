"""Keep respondents' links out of the logs: whoever holds one can read a draft."""

import logging
import re

_LIEN = re.compile(r"/r/[^\s\"']+")


class SansLiens(logging.Filter):
    """Writes « /r/… » in place of the address of a respondent's page."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/r/" in message:
            record.msg, record.args = _LIEN.sub("/r/…", message), ()
        return True
