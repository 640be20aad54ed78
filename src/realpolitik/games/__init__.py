"""realpolitik.games"""
