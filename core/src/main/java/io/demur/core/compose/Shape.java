package io.demur.core.compose;

/** What kind of thing a request asks for, as far as that decides what to offer instead. */
enum Shape {
    /** To be shown how something is done. */
    HOW,
    /** That something is written or made. */
    WRITE,
    /** To be told something. */
    KNOW
}
