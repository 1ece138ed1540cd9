package io.guestfs.daemon.connection;

/** What goes to standard error, which in the appliance is the console. */
public final class Diagnostics {
  private static final String PREFIX = "guestfs-daemon: ";

  private Diagnostics() {}

  @SuppressWarnings("SystemOut") // the console is where it belongs
  public static void print(String line) {
    System.err.println(PREFIX + line);
  }

  @SuppressWarnings("PrintStackTrace") // a bug, and nobody else will see it
  static void print(String line, Throwable bug) {
    print(line);
    bug.printStackTrace();
  }
}
