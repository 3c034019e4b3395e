package io.demur.eval.run;

/** What is asked: a model behind a server, one that is played, a recording. For many threads. */
public interface Target {

    /** Asks once, and waits for the answer. */
    Heard ask(Asked asked) throws InterruptedException;
}
