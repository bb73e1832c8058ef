/// A connection whose request may wait for a key.
protocol KeyWaiter: AnyObject {
    /// The key may be there now, or the time is over: decide again, on the same event loop. Called once for each wait.
    func keyWaitIsOver()
}
