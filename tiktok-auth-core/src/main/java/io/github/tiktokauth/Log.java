package io.github.tiktokauth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one logger of the library. It has the name of the class that hosts know, whichever class writes. */
final class Log {

    static final Logger LOG = LoggerFactory.getLogger("io.github.tiktokauth.TikTokAuth");

    private Log() {}
}
