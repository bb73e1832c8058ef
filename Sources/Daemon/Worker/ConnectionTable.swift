/// The connections of one event loop.
struct ConnectionTable {
    private var connections: [any TimedConnection] = []

    var count: Int { connections.count }

    mutating func insert(_ connection: any TimedConnection) {
        connection.tableIndex = connections.count
        connections.append(connection)
    }

    mutating func remove(_ connection: any TimedConnection) {
        let index = connection.tableIndex
        guard index < connections.count, connections[index] === connection else { return }
        let last = connections.removeLast()
        guard index < connections.count else { return }
        connections[index] = last
        last.tableIndex = index
    }

    /// Those whose time is over at `now`. A copy, because acting on one changes the table.
    func overdue(at now: Int64) -> [any TimedConnection] { connections.filter { $0.deadline <= now } }

    var all: [any TimedConnection] { connections }
}
