package io.demur.wire.chat;

import java.util.List;

/** What a caller asks of Demur where a model is concerned. */
public sealed interface Asked permits Call, Embed, Operation {

    /** As the caller names it. */
    String model();

    /**
     * Every string that is not part of a conversation or an input and has to be judged too, so that
     * nothing textual passes unseen.
     */
    List<String> strings();

    /** Paths of fields that refer to what a provider keeps and nobody here can read. */
    List<String> references();

    /**
     * Whether there are data in it, images apart, that are no text in base64: what nobody here can
     * read and no reference either.
     */
    boolean hasUnread();
}
