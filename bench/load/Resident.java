package load;

/** Resident memory of each peer as it stands. */
record Resident(Peer... peers) implements Row.Measurement {

    @Override
    public void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception {
        for (Server server : fleet.all(peers)) {
            results.add(row, server.peer(), Metric.RESIDENT, server.residentKilobytes() / 1024.0);
        }
    }
}
