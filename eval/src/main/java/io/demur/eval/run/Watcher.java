package io.demur.eval.run;

/** Is told how a run goes. For many threads. */
public interface Watcher {

    /** A trial is done, and stands in the run's file. */
    void done(Trial trial);
}
