package io.demur.gateway.upstream;

/** Thrown to whoever waits for more of an answer that was cancelled: nobody wants it any more. */
public final class AnswerCancelled extends RuntimeException {

    private static final long serialVersionUID = 1;

    public AnswerCancelled() {
        super("the answer was cancelled", null, false, false);
    }
}
