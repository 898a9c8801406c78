//! Nothing leaves half an anchor behind. The one that writes is a process of its own, so that it can
//! be killed: this program again, told by [`FOLDER`] to be that process.
use std::env;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

const FOLDER: &str = "TIWIZI_TEST_ANCHOR";
const KILLS: usize = 12;
/// Longer than any pause of a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Two anchors, far from each other in length.
fn notes() -> [Vec<u8>; 2] {
    [b"an old checkpoint\n".to_vec(), b"a new checkpoint\n".repeat(4_000)]
}

/// This test in a process of its own, which writes to `folder`. `limit` is what the shell does first.
fn another(test: &str, folder: &Path, limit: &str) -> Child {
    let program = env::current_exe().expect("this program");
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{limit} exec \"$0\" --exact \"$1\" --test-threads=1"));
    command.arg(program).arg(format!("log::anchor::tests::{test}")).env(FOLDER, folder);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
}

#[test]
fn whoever_is_killed_while_writing_leaves_a_whole_anchor() {
    if let Some(folder) = env::var_os(FOLDER) {
        let start = Instant::now();
        for note in notes().iter().cycle().take_while(|_| start.elapsed() < PATIENCE) {
            write(Path::new(&folder), note).expect("it is written");
        }
        return;
    }
    let folder = tempfile::tempdir().expect("a directory");
    for kill in 0..KILLS {
        let mut child =
            another("whoever_is_killed_while_writing_leaves_a_whole_anchor", folder.path(), "");
        let start = Instant::now();
        // Killed at another moment each time: after the anchor has changed so many times.
        let (mut last, mut changes) = (read(folder.path()).expect("it is read"), 0);
        while changes <= kill {
            assert!(start.elapsed() < PATIENCE, "nothing was written");
            let met = read(folder.path()).expect("it is read");
            let whole = met.as_ref().is_none_or(|note| notes().contains(note));
            assert!(whole, "it is whole while it is written");
            changes += usize::from(met != last);
            last = met;
            thread::yield_now();
        }
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        let left = read(folder.path()).expect("it is read").expect("there is one");
        assert!(notes().contains(&left), "{} bytes are left", left.len());
    }
}

/// A file may not grow past a limit here: the disk of who writes the second anchor is full.
#[test]
fn a_full_disk_leaves_the_old_anchor() {
    let [old, new] = notes();
    if let Some(folder) = env::var_os(FOLDER) {
        write(Path::new(&folder), &new).expect_err("the disk is full");
        return;
    }
    let folder = tempfile::tempdir().expect("a directory");
    write(folder.path(), &old).expect("it is written");
    // Without the trap the system would end the process: a full disk only refuses.
    let limit = "ulimit -f 8; trap '' XFSZ;";
    let mut child = another("a_full_disk_leaves_the_old_anchor", folder.path(), limit);
    assert!(child.wait().expect("it ends").success(), "what was refused was told");
    let half = fs::metadata(with_suffix(&path(folder.path()), "new")).expect("what was begun");
    assert!(half.len() > 0 && half.len() < new.len() as u64, "the disk was full in the middle");
    assert_eq!(read(folder.path()).expect("it is read"), Some(old));
    write(folder.path(), &new).expect("once there is room it is written");
    assert_eq!(read(folder.path()).expect("it is read"), Some(new));
}
