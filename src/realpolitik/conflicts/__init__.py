"""realpolitik.conflicts"""
