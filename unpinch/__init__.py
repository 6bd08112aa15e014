"""What the app knows. Read in this order, the modules are the way an answer travels:

     pages/assess.py              pages/routine.py                           pages/trends.py
          │ answers                     │                                          │
          ▼                             ▼                                          ▼
     Response ──assess()──▶ Assessment ──recommend()──▶ Routine | Withheld   Trend ──advise()──▶ Advice
          │                             │ unroll()                           ▲ trend()
          ▼                             ▼                                    │
     SQLite: facts                    Phase… ─▶ player ─▶ events ─▶ Completion, check-ins

questionnaire asks; emergencies, urgencies, referrals and cautions are the rules, findings what they add up to, pattern
what it resembles; exercise, timeline, indications and routine say what to do, adaptation how it changes with what
happened; diary is what the person logs, trend and advice what it says; exchange/ writes for others; catalogue reads
content/, store keeps facts; server, cli and paths bring it to the person.
"""
